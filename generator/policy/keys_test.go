package policy_test

import (
	"testing"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/strictyaml/keytest"
)

func TestKeysAreThoseRead(t *testing.T) {
	keytest.Check(t, policy.Keys(), func(text []byte) error {
		_, err := policy.Parse("p.yaml", text)
		return err
	})
}
