package people

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"go.yaml.in/yaml/v4"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// yamlBytes is the size of the largest list. That is plenty: people write these by
// hand.
const yamlBytes = 16 << 20

// IsYAML reports whether a path ends as that of a YAML file does.
func IsYAML(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return ext == ".yaml" || ext == ".yml"
}

// yamlList is a YAML list of waivers while it is read.
type yamlList struct {
	waivers *Waivers
	keys    *column.Matcher
	account *ledger.Account
}

// YAML reads a YAML list of waivers. Their keys are the header texts that a table
// may have. The list may be under the key "waivers". A file that is no such list
// is refused, as is an unknown or repeated key.
func (w *Waivers) YAML(r io.Reader, keys *column.Matcher, account *ledger.Account) error {
	y := yamlList{w, keys, account}
	content, err := io.ReadAll(io.LimitReader(r, yamlBytes+1))
	if err != nil {
		return err
	}
	if len(content) > yamlBytes {
		return y.refuse(nil, problem.TooLarge, fmt.Sprintf("found more than %d MiB, want a list of waivers", yamlBytes>>20))
	}
	digest := sha256.Sum256(content)
	account.Digest(hex.EncodeToString(digest[:]), int64(len(content)))
	list, err := y.entries(content)
	if err != nil {
		return err
	}
	for _, node := range list {
		account.Read(1)
		if err := y.entry(node); err != nil {
			return err
		}
	}
	return nil
}

// refuse gives the error that refuses the file because of a node, or as a whole if
// the node is nil.
func (y *yamlList) refuse(at *yaml.Node, kind problem.Kind, message string) error {
	position := problem.Position{File: y.account.Path()}
	if at != nil {
		position.Row, position.Column = at.Line, at.Column
	}
	return table.Refuse(position, kind, message)
}

// entries gives the nodes of the list.
func (y *yamlList) entries(content []byte) ([]*yaml.Node, error) {
	var document yaml.Node
	err := yaml.NewDecoder(bytes.NewReader(content)).Decode(&document)
	switch {
	case errors.Is(err, io.EOF), err == nil && len(document.Content) == 0:
		return nil, y.refuse(nil, problem.Unrecognised, "found an empty file, want a list of waivers")
	case err != nil:
		line := strings.Join(strings.Fields(err.Error()), " ")
		return nil, y.refuse(nil, problem.Unrecognised, "found text that is no YAML ("+problem.Visible(line)+"), want a list of waivers")
	}
	list := document.Content[0]
	if list.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(list.Content); i += 2 {
			if list.Content[i].Value == "waivers" {
				list = list.Content[i+1]
				break
			}
		}
	}
	if list.Kind != yaml.SequenceNode {
		return nil, y.refuse(list, problem.Unrecognised, "found no list, want a list of waivers, each with device, reason, owner, approver and expires")
	}
	return list.Content, nil
}

// entry reads one waiver.
func (y *yamlList) entry(node *yaml.Node) error {
	at := problem.Position{Row: node.Line, Column: node.Column}
	if node.Kind != yaml.MappingNode {
		y.account.Reject(1)
		y.account.Problem(at, problem.RefusedWaiver, "found no mapping, want device, reason, owner, approver and expires: the waiver does not count")
		return nil
	}
	var c waiverCells
	fields := map[string]*string{"device": &c.Device, "reason": &c.Reason, "owner": &c.Owner, "approver": &c.Approver, "expires": &c.Expires}
	given := map[string]*yaml.Node{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, cell := node.Content[i], node.Content[i+1]
		if cell.Kind == yaml.AliasNode {
			cell = cell.Alias
		}
		name := y.keys.Column(key.Value)
		switch {
		case fields[name] == nil:
			return y.refuse(key, problem.Unrecognised, fmt.Sprintf("found the key %s, want device, reason, owner, approver or expires", problem.Quote(key.Value)))
		case given[name] != nil:
			return y.refuse(key, problem.Unrecognised, fmt.Sprintf("found %s twice, want it once", name))
		case cell.Kind != yaml.ScalarNode:
			return y.refuse(cell, problem.Unrecognised, fmt.Sprintf("found a list or a mapping for %s, want text", name))
		}
		given[name], *fields[name] = cell, cell.Value
	}
	w := c.waiver(device.Source{File: y.account.Path(), Row: node.Line}, false)
	if cell := given["expires"]; cell != nil {
		w.Expires = expiry(&value.Dates{Order: y.waivers.DateOrder}, value.Clean(cell.Value), y.account, problem.Position{Row: cell.Line, Column: cell.Column})
	}
	if w.Device == "" {
		noDevice(y.account, at, rows.Mark{})
		return nil
	}
	y.waivers.add(y.account, w)
	return nil
}
