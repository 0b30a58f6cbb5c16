package device

import "testing"

func TestProductVersion(t *testing.T) {
	for text, want := range map[string]string{
		"18.20.4": "18.20.4", "v16.20.2": "16.20.2", "115.21.0esr": "115.21.0", "1.8.0_421": "1.8.0", "3.2.0-beta1": "3.2.0",
		"24.002.20895": "24.2.20895", "6.8.8.12": "6.8.8", " V3.0 ": "3.0.0", "2.4.6 (Build: 9)": "2.4.6", "7.9 LTS": "7.9.0",
		"18": "18", "v18": "18",

		"": "", "null": "", "soon": "", "West": "", "2020-01-10": "", "2025": "", "10.2.3.4:443": "", "1.2.3.4.5": "", "5,4": "",
	} {
		v := ProductVersion(text)
		if v.Known != (want != "") || v.Known && v.String() != want {
			t.Errorf("%q: found %q (known: %v), want %q", text, v, v.Known, want)
		}
	}
}
