//go:build !unix

package publish

// adopt does nothing: the folder is not exchanged on this system.
func adopt(from, to string) error { return nil }

func isNotDir(error) bool { return false }
