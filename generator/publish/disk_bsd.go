//go:build unix && !linux

package publish

func isMountPoint(path string) (bool, error) { return otherDevice(path) }
