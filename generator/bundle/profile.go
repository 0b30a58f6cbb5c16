package bundle

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/problem"
)

// BuiltIn gives the systems that the program knows, with their default settings.
// Sizes are in bytes of the encoded message unless said otherwise.
//
//   - gmail: 25 MB a message in all; file types from Google's help, "File types
//     blocked in Gmail" (support.google.com/mail/answer/6590), inside archives
//     too; protected archives in archives are refused.
//   - m365: 35 MB a message to be sent and 250 attachments, the defaults of
//     Exchange Online (learn.microsoft.com, "Exchange Online limits"); file
//     types that Outlook on the web blocks by default (Set-OwaMailboxPolicy,
//     BlockedFileTypes).
//   - servicenow: inbound mail of 18,874,368 bytes and 30 files
//     (glide.email.inbound.max_total_attachment_size_bytes and
//     max_attachment_count); an HTML file that is uploaded is often denied or
//     forced to be downloaded.
//   - jira: 10 MiB a file, uploaded as it is, the default of Jira Server.
func BuiltIn() []config.Profile {
	return []config.Profile{
		{Name: "gmail", Message: 25_000_000, Base64: true, Blocked: gmailTypes()},
		{Name: "m365", Message: 35_000_000, Base64: true, Files: 250, Blocked: outlookTypes()},
		{Name: "servicenow", Message: 18_874_368, Base64: true, Files: 30, Blocked: []string{"js"}, Held: []string{"html", "htm"}},
		{Name: "jira", File: 10 << 20, Blocked: []string{"js"}},
	}
}

func gmailTypes() []string {
	return strings.Fields(`ade adp apk appx appxbundle bat cab chm cmd com cpl diagcab diagcfg diagpkg dll dmg
		ex ex_ exe hta img ins iso isp jar jnlp js jse lib lnk mde mjs msc msi msix msixbundle msp mst nsh pif
		ps1 scr sct shb sys vb vbe vbs vhd vxd wsc wsf wsh xll`)
}

func outlookTypes() []string {
	return strings.Fields(`ade adp app application appref-ms asp aspx asx bas bat cdxml cer chm cmd cnt com cpl crt csh
		der diagcab exe fxp gadget grp hlp hpj hta htc inf ins isp its jar jnlp js jse ksh lnk mad maf mag mam
		maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml msc msh msh1 msh1xml msh2 msh2xml
		mshxml msi msp mst msu ops osd pcd pif pl plg prf prg ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 pssc
		pst py pyc pyo pyw pyz pyzw reg scf scr sct settingcontent-ms shb shs theme tmp udl url vb vbe vbp vbs
		vhd vhdx vsmacros vsw webpnp website ws wsb wsc wsf wsh xbap xll xnk`)
}

// allProfiles gives the built-in systems and the organisation's own. An own one
// replaces the built-in one of the same name.
func allProfiles(own []config.Profile) []config.Profile {
	all := BuiltIn()
	for _, p := range own {
		if i := slices.IndexFunc(all, func(q config.Profile) bool { return q.Name == p.Name }); i >= 0 {
			all[i] = p
			continue
		}
		all = append(all, p)
	}
	return all
}

// pick gives the profiles with these names; all of them if there are no names. An
// unknown name is a problem.
func pick(own []config.Profile, names []string) ([]config.Profile, error) {
	all := allProfiles(own)
	if len(names) == 0 {
		return all, nil
	}
	known := make([]string, len(all))
	for i, p := range all {
		known[i] = p.Name
	}
	var picked []config.Profile
	for i, name := range names {
		place := slices.Index(known, name)
		if place < 0 {
			return nil, problem.List{{Kind: problem.BadSetting, Message: "--profile: found " + problem.Quote(name) + ", want one of " + strings.Join(known, ", ")}}
		}
		if !slices.Contains(names[:i], name) {
			picked = append(picked, all[place])
		}
	}
	return picked, nil
}
