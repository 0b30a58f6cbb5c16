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

// E-mail and network addresses are taken out of free text. What only looks like one
// stays.
func TestPrivacyText(t *testing.T) {
	byDefault := Privacy{UserNames: true}
	for _, test := range []struct {
		text, want string
		privacy    Privacy
	}{
		{"PC-1", "PC-1", byDefault},
		{"anna@example.com's MacBook", "anna's MacBook", byDefault},
		{"ask <anna.b+x@mail.example.co.uk>, or Ben", "ask <anna.b+x>, or Ben", byDefault},
		{`found "anna@example.com", want`, `found "anna", want`, byDefault},
		{`"anna b"@example.com`, `"anna b"`, byDefault},
		{"jörg@müller.example and 1@2.io", "jörg and 1", byDefault},
		{"mail to root@[10.2.3.4]", "mail to root", byDefault},
		{"R&D@Berlin, @Sum(1), a @ b.c", "R&D@Berlin, @Sum(1), a @ b.c", byDefault},
		{"anna@example.com", "anna@example.com", Privacy{UserNames: true, Emails: true}},
		{"of anna@example.com.", "of [e-mail].", Privacy{}},
		{"10.2.3.4", "[address]", byDefault},
		{"gateway 010.002.003.004.", "gateway [address].", byDefault},
		{"10.2.3.4:4282 and 10.2.3.0/24, (192.168.0.1)", "[address]:4282 and [address]/24, ([address])", byDefault},
		{"host_10.2.3.4.corp.example", "host_[address].corp.example", byDefault},
		{"ip10.2.3.4, fe80::1%eth0, [2001:db8::7]:443", "ip[address], [address]%eth0, [[address]]:443", byDefault},
		{"2001:DB8:0:0:1:2:3:4: gone", "[address]: gone", byDefault},
		{"::ffff:10.2.3.4", "[address]", byDefault},
		{"at 10.2.3.4-10.2.3.9", "at [address]-[address]", byDefault},
		{"v7.0.3.55 of 1.2.3.4.5, 10.0.19041.1, 5.3.1, 1.2.3.256", "v7.0.3.55 of 1.2.3.4.5, 10.0.19041.1, 5.3.1, 1.2.3.256", byDefault},
		{"Server 7.0.3.55, CrashPlan-6.8.8.12 (version: 4.8.0.320)", "Server 7.0.3.55, CrashPlan-6.8.8.12 (version: 4.8.0.320)", byDefault},
		{"Server 10.0.3.55, server 192.168.7.3, at 7.0.3.55", "Server [address], server [address], at [address]", byDefault},
		{"00:1a:2b:3c:4d:5e at 09:58:12, std::cafe::x", "00:1a:2b:3c:4d:5e at 09:58:12, std::cafe::x", byDefault},
		{"6.8.8.12a and 6.8.8.12x", "6.8.8.12a and 6.8.8.12x", byDefault},
		{"::1.2.3.4", "[address]", byDefault},
		{"10.2.3.4", "10.2.3.4", Privacy{Addresses: true}},
		{"\xff10.2.3.4\xff@x", "\xff[address]\xff@x", byDefault},
	} {
		if got := test.privacy.Text(test.text); got != test.want {
			t.Errorf("Text(%q) = %q, want %q", test.text, got, test.want)
		}
	}
	for _, privacy := range []Privacy{{}, {UserNames: true}} {
		if got, want := privacy.Person("Anna, anna@example.com"), map[bool]string{true: "Anna, anna"}[privacy.UserNames]; got != want {
			t.Errorf("Person = %q, want %q", got, want)
		}
	}
}
