// Package render turns the pages of package site into bytes: html/template for the frame, goldmark for prose, chroma
// for code, minify for the result. Pages are independent of each other and are rendered in parallel from data that
// nobody changes.
//
// It knows nothing of YAML and writes no file: templates come in as an fs.FS, pages go out as publish.File values.
package render
