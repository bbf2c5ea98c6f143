package content

import (
	"strconv"
	"strings"
)

// ParseSpecMention reads the inside of a reference to an RFC in prose: "RFC 9110 15.5.4" or "RFC 9110".
func ParseSpecMention(s string) (rfc int, section string, ok bool) {
	rest, found := strings.CutPrefix(s, "RFC ")
	if !found {
		return 0, "", false
	}
	number, section, _ := strings.Cut(rest, " ")
	rfc, err := strconv.Atoi(number)
	if err != nil || rfc <= 0 || strings.Contains(section, " ") {
		return 0, "", false
	}
	return rfc, section, true
}
