package value

import "testing"

func TestForms(t *testing.T) {
	for name, test := range map[string]struct {
		form     Form
		fits     []string
		either   []string
		misfits  []string
		workbook bool
	}{
		"number":                {form: NumberForm, fits: []string{"839648314463407622", "42"}, either: []string{"8.39648E+17", "6f9619ff-8b86", "pc-1"}, misfits: []string{"Active", "2020-01-10", "Deactivated, Blocked"}},
		"version":               {form: VersionForm, fits: []string{"7.0", "5.04.1", "7.0.3.55", "6.6.0 (Build: 4347)", "1512021600671"}, misfits: []string{"7", "7.", ".7", "7..0", "1.2.3.4.5", "Sales", "2020-01-10", "839648314463407622"}},
		"version in a workbook": {form: VersionForm, workbook: true, fits: []string{"10", "5.4000000000000004"}, misfits: []string{"Sales"}},
		"status":                {form: StatusForm, fits: []string{"Active", "active", "Deactivated", "Active, Blocked", "Deactivated, Blocked, Deauthorized"}, misfits: []string{"On leave", "Development", "Active, Sales", "Blocked", "Act"}},
		"date":                  {form: DateForm, fits: []string{"2020-01-15T16:55:40.632Z", "2020-01-15 10:00", "15.01.2020", "03/04/2020", "1579514400"}, either: []string{"Never", "-"}, misfits: []string{"soon", "43845.5", "7.0.3"}},
		"date in a workbook":    {form: DateForm, workbook: true, fits: []string{"43845.5"}, misfits: []string{"soon"}},
		"clock":                 {form: ClockForm, fits: []string{"10:00:15", "2020-01-15"}, misfits: []string{"4282"}},
		"address":               {form: AddressForm, fits: []string{"10.2.3.4", "10.2.3.4:4242", ":0", "[fe80::1]:4242", "2001:db8::1"}, misfits: []string{"pc-1", "10.2.3", "10.2.3.x"}},
		"port":                  {form: PortForm, fits: []string{"4282", "4287/tcp"}, misfits: []string{"crashplan.com", "0"}},
		"e-mail":                {form: EmailForm, fits: []string{"ann@example.com"}, misfits: []string{"Ann"}},
		"text":                  {form: TextForm, either: []string{"Ann", "ann@example.com", "Actions", "12345", "10.2.3.4", "Denver"}, misfits: []string{"Active", "2020-01-10", "2020-01-10T10:00:00Z", "839648314463407622"}},
		"name":                  {form: NameForm, either: []string{"Sales"}, misfits: []string{"ann@example.com", "Active"}},
	} {
		t.Run(name, func(t *testing.T) {
			for want, cells := range map[Fit][]string{Fits: test.fits, Either: test.either, Misfit: test.misfits} {
				for _, cell := range cells {
					if got := test.form(cell, test.workbook); got != want {
						t.Errorf("found %d for %q, want %d", got, cell, want)
					}
				}
			}
		})
	}
}
