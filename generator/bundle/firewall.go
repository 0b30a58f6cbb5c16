package bundle

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"example.org/cutoff/generator/firewall"
)

const firewallRules = "data/firewall-rules.csv"

// firewallFiles gives the rules that the network team has to allow: the site's own
// CSV file, and a request as text. It gives nil if the site has no rules.
func firewallFiles(s *source) ([]file, error) {
	if !s.Has(firewallRules) {
		return nil, nil
	}
	content, err := s.Read(firewallRules)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, err
	}
	facts := s.Texts.Facts
	request := firewall.Request{
		Title: facts.Notice, Ports: facts.AllowedPorts.Or(),
		Destinations: strings.Split(rows[1][1], "; "),
	}
	if !facts.InForce {
		request.By = facts.Effective.String()
	}
	if len(facts.Contacts) > 0 {
		c := facts.Contacts[0]
		request.Confirm = strings.TrimSpace(c.Name + " " + c.Email)
	}
	for _, row := range rows[1:] {
		devices, err := strconv.Atoi(row[4])
		if err != nil {
			return nil, err
		}
		request.Rules = append(request.Rules, firewall.Rule{Source: row[0], Devices: devices, LastSeen: row[5]})
	}
	return []file{{name: "firewall-rules.csv", content: content}, {name: "firewall-request.txt", content: []byte(request.Text())}}, nil
}
