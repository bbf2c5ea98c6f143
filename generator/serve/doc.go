// Package serve answers HTTP requests for a built site from memory and tells open pages when it has changed.
//
// It knows nothing of content or templates: it is handed a function that builds, and folders to watch.
package serve
