package sample

import (
	"strconv"
	"strings"
)

// people is how many people have the devices: 68 for 100 devices.
func (f Fleet) people() int { return f.owner(f.Devices-1) + 1 }

// owner is the number of the person who has a device.
func (f Fleet) owner(device int) int { return device * 68 / 100 }

// unlisted reports whether the roster lacks a person. The department of such a
// person's devices is then the console's organisation.
func unlisted(person int) bool { return person%68 == 67 }

// home is the department in which a person began. The first person of each is its
// manager. Departments with a low number have more people.
func (f Fleet) home(number int) int {
	if number < f.Departments {
		return number
	}
	d := f.roll(aPerson, number, 0)
	return min(d.below(f.Departments), d.below(f.Departments))
}

// department is where somebody works on a night. People move a tenth as often as
// devices change. Managers never do.
func (f Fleet) department(number, night int) int {
	department := f.home(number)
	for n := 1; n <= night && number >= f.Departments; n++ {
		if d := f.roll(aPersonsNight, number, n); d.chance(f.Changed / 10) {
			department = d.below(f.Departments)
		}
	}
	return department
}

const mailDomain = "larkfield.example"

// FirstNames and LastNames are combined into people who do not exist.
var (
	FirstNames = []string{
		"Ada", "Aiko", "Amara", "Anders", "Bilal", "Chidi", "Dara", "Elif", "Farah", "Hana", "Idris", "Ines", "Jonas", "Kavya", "Lena", "Mateo",
		"Milan", "Nadia", "Noor", "Omar", "Paloma", "Ravi", "Sanne", "Selma", "Tomas", "Uma", "Viktor", "Wanda", "Yara", "Zoltan", "Maeve", "Piet",
	}
	LastNames = []string{
		"Abara", "Bergen", "Castro", "Dvorsky", "Eskola", "Fonseka", "Galloway", "Haddad", "Ito", "Jansen", "Kovac", "Laurent", "Moreau", "Nakata",
		"Okoye", "Pereira", "Quist", "Rahimi", "Sato", "Tran", "Ueda", "Vargas", "Weber", "Yilmaz", "Zeman", "Oshea", "Blomfield", "Chandra",
		"Duarte", "Engstrom", "Farkas", "Greco",
	}
)

// names gives a person's places in both lists of names, and a number that tells
// people of the same name apart, 0 for the first.
func names(person int) (first, last, namesake int) {
	return person % len(FirstNames), person / len(FirstNames) % len(LastNames), person / len(FirstNames) / len(LastNames)
}

func mail(person int) string {
	first, last, namesake := names(person)
	name := strings.ToLower(FirstNames[first] + "." + LastNames[last])
	if namesake > 0 {
		name += strconv.Itoa(namesake + 1)
	}
	return name + "@" + mailDomain
}

// alias is the short user name that some people have in the directory.
func alias(person int) string {
	first, last, namesake := names(person)
	return strings.ToLower(FirstNames[first][:3]+LastNames[last]) + strconv.Itoa(namesake)
}

func fullName(person int) string {
	first, last, namesake := names(person)
	name := FirstNames[first] + " " + LastNames[last]
	if namesake > 0 {
		name += " " + strconv.Itoa(namesake+1)
	}
	return name
}

var (
	functions = []string{
		"Sales", "Customer Support", "Manufacturing", "Research and Development", "Field Service", "Finance", "Information Technology", "Logistics",
		"Human Resources", "Marketing", "Procurement", "Quality", "Legal", "Facilities", "Product Management", "Engineering", "Training", "Security",
		"Communications", "Internal Audit",
	}
	regions = []string{"", " North", " South", " East", " West", " Central", " Coast", " Islands", " Highlands", " Overseas"}
)

// departmentName names a department: 20 functions in ten regions, then the same
// names with numbers.
func departmentName(number int) string {
	name := functions[number%len(functions)]
	number /= len(functions)
	name += regions[number%len(regions)]
	if number /= len(regions); number > 0 {
		name += " " + strconv.Itoa(number+1)
	}
	return name
}

var rosterHeader = []string{"username", "email", "department", "manager", "manager_email"}

// roster is the directory's list. It looks as if it was kept by hand: some
// departments have a blank after them, and some user names are short ones.
func (f Fleet) roster(night, from, to int) rows {
	return func(yield func([]string) bool) {
		for number := from; number < to; number++ {
			if unlisted(number) {
				continue
			}
			d := f.roll(aPerson, number, 1)
			manager := f.department(number, night)
			username, department := mail(number), departmentName(manager)
			if d.below(20) == 0 {
				username = alias(number)
			}
			if d.below(30) == 0 {
				department += " "
			}
			if !yield([]string{username, mail(number), department, fullName(manager), mail(manager)}) {
				return
			}
		}
	}
}
