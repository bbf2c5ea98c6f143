// Package gates holds the tests that look at the built site the way its readers do: in a browser, with a keyboard,
// with scripts off, from a subfolder, from disk, and through the checkers that judge pages by rules (axe-core,
// Lighthouse, the Nu HTML Checker, a CSS validator).
//
// It builds the site with the real command and serves it as a plain static host would. Whatever component a machine
// lacks is named in a skip; with CI=true the test fails instead.
package gates
