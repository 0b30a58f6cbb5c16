package config

import (
	"strings"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/spelling"
	"example.org/cutoff/generator/strictyaml"
)

// Mail says what cutoff mail sends, when and how, and to whom besides the managers
// in the roster.
type Mail struct {
	From, ReplyTo address.Address // zero: not set
	// Cc and Bcc get a copy of every manager's mail.
	Cc, Bcc []address.Address
	// Managers answer for a whole department, whatever the roster says. The key is
	// the department's name as [spelling.Fold] gives it.
	Managers map[string][]address.Address
	// Fallback answers for devices that nobody else answers for; zero for none.
	Fallback address.Address
	// File and Workbook say what is attached. Budget is how many bytes the
	// attachments of one mail may have together.
	File, Workbook bool
	Budget         int64
	// Every says, by phase, after how many days a mail is due again.
	Every map[policy.Phase]int
	// Heartbeat is after how many days somebody with nothing open is told so
	// again; 0 for never.
	Heartbeat int
	// Most is how many messages one run may send, PerMinute how many one minute.
	Most, PerMinute int
	// BundleTo get the whole site as a zip. BundleEvery is after how many days they
	// get it again.
	BundleTo    []address.Address
	BundleEvery int
	SMTP        SMTP
}

// SMTP is the server that takes the mails.
type SMTP struct {
	Host string // "" if mails can only be written to disk
	Port int
	// Security is starttls, tls or none; Auth is none, plain, login or xoauth2.
	Security, Auth string
	Username       string
	// PasswordFile and TokenFile are paths. PasswordEnv names a variable of the
	// environment. No key holds the secret itself.
	PasswordFile, PasswordEnv, TokenFile string
	// CA is the path of a PEM file with the authorities that vouch for the
	// server; "" for the system's.
	CA string
	// Seconds is how long one command may take. Attempts is how often one mail is
	// tried.
	Seconds, Attempts int
}

func defaultMail() Mail {
	return Mail{
		Managers: map[string][]address.Address{},
		File:     true, Workbook: true, Budget: 7_000_000,
		Every: map[policy.Phase]int{
			policy.Before: 7, policy.Announced: 7, policy.Approaching: 7, policy.Imminent: 1, policy.InForce: 7,
		},
		Most: 500, PerMinute: 60, BundleEvery: 7,
		SMTP: SMTP{Port: 587, Security: "starttls", Auth: "none", Seconds: 60, Attempts: 4},
	}
}

func (c *Config) readMail(m *strictyaml.Mapping) {
	mail := &c.Mail
	mail.From = readAddress(m.At("from"))
	mail.ReplyTo = readAddress(m.At("reply_to"))
	mail.Cc = readAddresses(m.At("cc"))
	mail.Bcc = readAddresses(m.At("bcc"))
	m.At("managers").Mapping().Each(func(name, v strictyaml.Value) {
		if text := name.Text(); text != "" {
			mail.Managers[spelling.Fold(text)] = readAddresses(v)
		}
	})
	mail.Fallback = readAddress(m.At("fallback"))
	attach := m.At("attach").Mapping()
	mail.File = attach.At("file").Bool(mail.File)
	mail.Workbook = attach.At("workbook").Bool(mail.Workbook)
	mail.Budget = m.At("budget").Bytes(mail.Budget)
	frequency := m.At("frequency").Mapping()
	for _, phase := range []policy.Phase{policy.Before, policy.Announced, policy.Approaching, policy.Imminent, policy.InForce} {
		mail.Every[phase] = readEvery(frequency.At(strings.ReplaceAll(string(phase), "-", "_")), mail.Every[phase])
	}
	mail.Heartbeat = readEvery(m.At("heartbeat"), mail.Heartbeat)
	mail.Most = m.At("most").Int(mail.Most, 1, 1_000_000)
	mail.PerMinute = m.At("per_minute").Int(mail.PerMinute, 1, 60_000)
	mail.BundleTo = readAddresses(m.At("bundle_to"))
	mail.BundleEvery = readEvery(m.At("bundle_frequency"), mail.BundleEvery)
	mail.SMTP.read(m.At("smtp").Mapping())
}

func (s *SMTP) read(m *strictyaml.Mapping) {
	username := m.At("username")
	s.Host = readHost(m.At("host"))
	s.Security = m.At("security").OneOf(s.Security, "starttls", "tls", "none")
	s.Port = m.At("port").Int(map[string]int{"starttls": s.Port, "tls": 465, "none": 25}[s.Security], 1, 65_535)
	s.Auth = m.At("auth").OneOf(s.Auth, "none", "plain", "login", "xoauth2")
	s.Username = username.Text()
	s.PasswordFile = m.At("password_file").Text()
	s.PasswordEnv = m.At("password_env").Text()
	s.TokenFile = m.At("token_file").Text()
	s.CA = m.At("ca").Text()
	s.Seconds = m.At("timeout").Int(s.Seconds, 1, 3_600)
	s.Attempts = m.At("attempts").Int(s.Attempts, 1, 20)
	switch auth := m.At("auth"); {
	case s.Auth == "none":
	case s.Username == "":
		auth.Want("a username beside it")
	case s.Auth == "xoauth2" && s.TokenFile == "":
		auth.Want("a token_file beside it")
	case s.Auth != "xoauth2" && (s.PasswordFile == "") == (s.PasswordEnv == ""):
		auth.Want("either a password_file or a password_env beside it")
	case s.Security == "none":
		auth.Want("security starttls or tls: a password is not sent where others can read it")
	}
}

// readEvery reads an interval: daily, weekly or a number of days.
func readEvery(v strictyaml.Value, fallback int) int {
	switch v.Quiet() {
	case "daily":
		return 1
	case "weekly":
		return 7
	}
	return v.Days(fallback, 1)
}

func readAddresses(v strictyaml.Value) []address.Address {
	var all []address.Address
	for _, entry := range v.List() {
		if a := readAddress(entry); !a.IsZero() {
			all = append(all, a)
		}
	}
	return all
}

func readAddress(v strictyaml.Value) address.Address {
	text := v.Text()
	if text == "" {
		return address.Address{}
	}
	a, err := address.Parse(text)
	if err != nil {
		v.Fault(err.Error())
	}
	return a
}

// ManagersOf gives who answers for a department by the configuration; nil if the
// roster decides.
func (m *Mail) ManagersOf(department string) []address.Address {
	return m.Managers[spelling.Fold(department)]
}
