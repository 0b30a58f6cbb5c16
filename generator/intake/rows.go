package intake

// rows reads the rows of one sheet as its file's kind asks for.
func (s *source) rows(b *body) (commit func(), err error) {
	switch s.file.Kind {
	case Report:
		return s.report(b)
	case Connections:
		return s.connections(b)
	case Roster:
		return s.roster(b)
	}
	return s.waivers(b)
}
