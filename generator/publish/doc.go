// Package publish makes a folder hold exactly a given set of files, in one step.
//
// The folder carries a manifest, [Manifest], which lists what the last run put there. It is what tells the
// program's own folder from somebody else's: a folder that has files but no manifest is refused, and so is one
// in which a file stands that the manifest does not list, since nobody would expect a build to delete it, nor
// a site to carry it. Three things are neither listed nor refused: a .gitignore at the top is kept as it is,
// .DS_Store of the macOS Finder is dropped, and what a killed run left behind is cleaned up.
//
// The new folder is made beside the old one, as .NAME.stage, with hard links to the files that did not
// change; then the two are exchanged by one system call, and the old one is removed. So whoever looks at the
// path sees the former folder or the new one, whenever the program is killed. A program that holds the folder
// itself open (a shell in it, a bind mount of it) goes on seeing the former one, empty, until it opens the
// path again.
//
// Where the system has no such call, or refuses it (the folder is a mount point, or belongs to another user),
// the files are replaced one by one in the folder: first those that pages refer to, then pages, then what is
// no longer wanted is removed, and the manifest comes last. A reader can then see new pages beside old ones for
// a moment, and a run that is killed in that moment leaves such a mixture, which the next run completes.
//
// Files whose bytes are right are not touched. If all are, nothing is, not even the folder.
//
// Two runs on one folder exclude each other; the second one fails. Where the file system knows no locks, as on
// some network mounts, nothing keeps them apart.
//
// The package knows bytes and paths. It must not know what the files mean, except that names ending in .html are
// pages.
package publish
