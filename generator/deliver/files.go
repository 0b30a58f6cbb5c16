package deliver

import (
	"fmt"
	"strings"
	"time"

	"example.org/cutoff/generator/publish"
)

// WriteFiles publishes a folder with mails as .eml files, dated at noon of the
// site's day. It gives their names, in the order of the mails.
func WriteFiles(out string, messages []*Message, s *Site, tool publish.Tool) (names []string, err error) {
	stage, err := publish.Begin(out, publish.Mail)
	if err != nil {
		return nil, err
	}
	defer stage.Abort()
	taken := map[string]bool{}
	for _, m := range messages {
		content, err := m.Bytes(s.AsOf.Start().Add(12 * time.Hour))
		if err != nil {
			return nil, err
		}
		stem := fileStem(m)
		name := stem + ".eml"
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s-%d.eml", stem, n)
		}
		taken[name] = true
		if err := stage.WriteFile(name, content); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	about := s.Manifest.About
	about.Tool = tool
	_, err = stage.Commit(about)
	return names, err
}

// fileStem names a mail after its reader, in characters that every system takes.
func fileStem(m *Message) string {
	name := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("@._-", r) {
			return r
		}
		return '-'
	}, m.Record.To)
	return strings.TrimLeft(name, ".-")
}
