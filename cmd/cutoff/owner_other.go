//go:build !unix

package main

import "io/fs"

// modesCount is false, because this system has no such permissions.
const modesCount = false

func ownedByOther(fs.FileInfo) bool { return false }
