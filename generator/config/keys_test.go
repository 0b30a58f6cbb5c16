package config_test

import (
	"testing"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/strictyaml/keytest"
)

func TestKeysAreThoseRead(t *testing.T) {
	keytest.Check(t, config.Keys(), func(text []byte) error {
		_, err := config.Parse("c.yaml", text)
		return err
	})
}
