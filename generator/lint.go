package generator

import (
	"errors"
	"io/fs"
	"path"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// Lint looks at a policy, at the texts that its site would have, and at those
// that the organisation puts in their place: contradictions, and prose that
// names a version, a day or a port that is not the policy's. run needs no
// inputs. Problems are in the order of the files; none when all is well.
func Lint(run *Run) ([]problem.Problem, error) {
	problems := policy.Lint(run.Policy)
	content, err := texts(run)
	if err != nil {
		return nil, err
	}
	found, err := lintTexts(run.Policy, content, textsName(run), true)
	if err != nil {
		return nil, err
	}
	problems = append(problems, found...)
	if run.Overrides == nil {
		return problems, nil
	}
	own, err := fs.Sub(run.Overrides, "content")
	if err != nil {
		return nil, err
	}
	found, err = lintTexts(run.Policy, own, path.Join(run.Config.Look.Overrides, "content"), false)
	return append(problems, found...), err
}

// textsName is the folder of the texts as messages name it.
func textsName(run *Run) string {
	if run.Texts != nil {
		return path.Join(path.Dir(run.Policy.File), run.Policy.Content)
	}
	return textsFolder(run.Policy)
}

// lintTexts looks at the texts in a folder; needed says that the announcement and
// the FAQ must be there.
func lintTexts(p *policy.Policy, folder fs.FS, name string, needed bool) ([]problem.Problem, error) {
	var problems []problem.Problem
	for _, file := range []string{"announcement.md", "faq.md", "how-to-upgrade.md"} {
		needed := needed && file != "how-to-upgrade.md"
		at := path.Join(name, file)
		text, err := fs.ReadFile(folder, file)
		switch {
		case errors.Is(err, fs.ErrNotExist) && needed:
			problems = append(problems, problem.Problem{Position: problem.Position{File: at}, Kind: problem.BadSetting, Message: "found no such file, want the policy's text"})
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		default:
			problems = append(problems, policy.LintProse(p, at, text)...)
		}
	}
	return problems, nil
}
