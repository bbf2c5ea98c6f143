// Package content reads what the site says and checks it.
//
// Load takes the content folder as an fs.FS, decodes every file strictly against the types of this
// package and returns the typed Model, or every problem of every file: with the place, the source
// line and a hint. Schemas derives JSON Schemas from the same types, so that an editor and Load
// refuse the same things as far as a schema can say them.
//
// The checks go from the inside out: YAML and its traps, the shape of each file, then what a file
// says about others (references, the registry, sources), what the RFCs settle, the exchanges, and
// paragraphs that stand on two pages.
//
// The package must not know about HTML, URLs of the site, or the file system: text stays Markdown,
// references stay references, and files come from the fs.FS that the caller gives.
package content
