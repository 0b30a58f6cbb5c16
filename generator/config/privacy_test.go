package config

import "testing"

func TestPrivacyUser(t *testing.T) {
	for _, test := range []struct {
		situation, name string
		privacy         Privacy
		want            string
	}{
		{"an address by default", "anna@example.com", Privacy{UserNames: true}, "anna"},
		{"an address, shown", "anna@example.com", Privacy{UserNames: true, Emails: true}, "anna@example.com"},
		{"a plain name", "anna", Privacy{UserNames: true}, "anna"},
		{"a name that begins with @", "@anna", Privacy{UserNames: true}, "@anna"},
		{"no user names", "anna", Privacy{Emails: true}, ""},
	} {
		t.Run(test.situation, func(t *testing.T) {
			if got := test.privacy.User(test.name); got != test.want {
				t.Errorf("User(%q) = %q, want %q", test.name, got, test.want)
			}
		})
	}
}
