// Package site turns the content model into pages and data files: it decides which pages exist, at which paths,
// in which order their parts appear, and where every reference leads. It is the one serial step between loading
// and rendering; what it returns is not changed afterwards, so that pages can be rendered in parallel.
//
// It knows nothing of HTML, of templates or of the file system. Paths are rooted ("/403/"), whatever the folder
// in which the site is later hosted; package render makes them relative.
package site
