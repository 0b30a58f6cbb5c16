package intake

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
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// yamlBytes is the largest list of waivers; somebody writes them by hand.
const yamlBytes = 16 << 20

// isYAML reports whether a path says that the file is YAML.
func isYAML(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return ext == ".yaml" || ext == ".yml"
}

// waiversYAML reads a YAML list of waivers, each with the canonical columns as
// keys. The list may stand under the key "waivers".
func (s *source) waiversYAML(r io.Reader) (commit func(), err error) {
	content, err := io.ReadAll(io.LimitReader(r, yamlBytes+1))
	if err != nil {
		return nil, err
	}
	if len(content) > yamlBytes {
		return nil, s.refuse(problem.TooLarge, fmt.Sprintf("found more than %d MiB, want a list of waivers", yamlBytes>>20))
	}
	digest := sha256.Sum256(content)
	s.file.SHA256, s.file.Bytes = hex.EncodeToString(digest[:]), int64(len(content))
	list, err := s.waiverNodes(content)
	if err != nil {
		return nil, err
	}
	rec := column.NewMatcher(Waivers, s.run.opts.Columns)
	var waivers []device.Waiver
	for _, node := range list {
		s.file.Rows++
		w, ok, err := s.waiverNode(rec, node)
		if err != nil {
			return nil, err
		}
		if ok {
			waivers = append(waivers, w)
		}
	}
	return func() { s.run.waive(s.file, waivers) }, nil
}

// waiverNodes gives the entries of the list.
func (s *source) waiverNodes(content []byte) ([]*yaml.Node, error) {
	var document yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(content)).Decode(&document); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, s.refuse(problem.Unrecognised, "found an empty file, want a list of waivers")
		}
		return nil, s.refuse(problem.Unrecognised, "found text that is no YAML ("+problem.Visible(oneLine(err.Error()))+"), want a list of waivers")
	}
	if len(document.Content) == 0 {
		return nil, s.refuse(problem.Unrecognised, "found an empty file, want a list of waivers")
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
		return nil, s.refuseAt(problem.Position{Row: list.Line, Column: list.Column}, problem.Unrecognised, "found no list, want a list of waivers, each with device, reason, owner, approver and expires")
	}
	return list.Content, nil
}

// waiverNode reads one entry. It reports false for one that is rejected.
func (s *source) waiverNode(rec *column.Matcher, node *yaml.Node) (device.Waiver, bool, error) {
	w := device.Waiver{Source: device.Source{File: s.file.Path, Row: node.Line}}
	if node.Kind != yaml.MappingNode {
		s.file.Rejected++
		s.faults.add(problem.RefusedWaiver, node.Line, node.Column, "found no mapping, want device, reason, owner, approver and expires: the waiver does not count")
		return w, false, nil
	}
	given := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, cell := node.Content[i], node.Content[i+1]
		if cell.Kind == yaml.AliasNode {
			cell = cell.Alias
		}
		column := rec.Column(key.Value)
		at := problem.Position{Row: key.Line, Column: key.Column}
		switch {
		case column == "":
			return w, false, s.refuseAt(at, problem.Unrecognised, fmt.Sprintf("found the key %s, want device, reason, owner, approver or expires", problem.Quote(key.Value)))
		case given[column]:
			return w, false, s.refuseAt(at, problem.Unrecognised, fmt.Sprintf("found %s twice, want it once", column))
		case cell.Kind != yaml.ScalarNode:
			return w, false, s.refuseAt(problem.Position{Row: cell.Line, Column: cell.Column}, problem.Unrecognised, fmt.Sprintf("found a list or a mapping for %s, want text", column))
		}
		given[column] = true
		s.setWaiver(&w, column, cell)
	}
	if w.Device == "" {
		s.noWaivedDevice(mark{row: node.Line}, node.Column)
		return w, false, nil
	}
	return w, true, nil
}

func (s *source) setWaiver(w *device.Waiver, column string, cell *yaml.Node) {
	switch column {
	case "device":
		w.Device = waivedDevice(cell.Value, false)
	case "reason":
		w.Reason = value.Name(cell.Value)
	case "owner":
		w.Owner = value.Name(cell.Value)
	case "approver":
		w.Approver = value.Name(cell.Value)
	case "expires":
		expires := value.Dates{Order: s.run.opts.DateOrder}
		t, how := expires.Read(value.Clean(cell.Value))
		w.Expires = s.expiry(t, how, cell.Value, cell.Line, cell.Column)
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
