package publish

import (
	"bytes"
	"errors"

	"golang.org/x/sys/unix"
)

// adoptLists copies access control lists and the SELinux label.
func adoptLists(from, to string) error {
	for _, name := range []string{"system.posix_acl_access", "system.posix_acl_default", "security.selinux"} {
		value, err := attribute(from, name)
		if err != nil {
			return err
		}
		own, err := attribute(to, name)
		if err != nil {
			return err
		}
		switch {
		case bytes.Equal(value, own):
		case value == nil:
			err = unix.Removexattr(to, name)
		default:
			err = unix.Setxattr(to, name, value, 0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// attribute returns an extended attribute, nil if there is none.
func attribute(path, name string) ([]byte, error) {
	buffer := make([]byte, 4096)
	n, err := unix.Getxattr(path, name, buffer)
	if errors.Is(err, unix.ENODATA) || errors.Is(err, unix.ENOTSUP) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return buffer[:n], nil
}
