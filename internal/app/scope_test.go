package app

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// visitors are who asks for everything, in the order of the columns of doors. other-seeker and other-unit own nothing of
// what is asked for.
var visitors = []string{"", "jingban", "jingban-ejina", "mengshi", "hohhot", "zizhiqu", "qiuzhi", "other-seeker", "danwei", "other-unit", "guanli"}

// doors are all routes, with whatever of them belongs to somebody, and what each visitor gets. In addresses: {here} a person of the
// officer's banner, {there} one of another banner, {mine} the seeker, {vacancy} one of the employer in the officer's
// banner, {case}, {batch}, {review} of the banner, {approval} asked for by the officer, {task} sent by the league to the banner, {all} a batch of the whole region, {unit} the employer.
// Forms of acts are empty where an act would change what the next visitor finds; 422 then says: you may.
var doors = []struct{ route, path, form, want string }{
	// columns: nobody, the banner's officer, another banner's, league, another league, region, seeker, other-seeker, danwei, other-unit, admin
	{"GET /{$}", "/", "", "303 303 303 303 303 303 303 303 303 303 303"},
	{"GET /signin", "/signin", "", "200 303 303 303 303 303 303 303 303 303 303"},
	{"GET /account/signin", "/account/signin", "", "303 303 303 303 303 303 303 303 303 303 303"},
	{"GET /account", "/account", "", "303 200 200 200 200 200 200 200 200 200 200"},
	{"GET /account/password", "/account/password", "", "303 200 200 200 200 200 200 200 200 200 200"},
	{"POST /account/password", "/account/password", "", "401 422 422 422 422 422 422 422 422 422 422"},
	{"POST /signin", "/signin", "", "422 422 422 422 422 422 422 422 422 422 422"},
	{"GET /casework", "/casework", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /casework/people", "/casework/people", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /casework/people/find", "/casework/people/find", "", "401 422 422 422 422 422 403 403 403 403 403"},
	{"GET /casework/person/{id}", "/casework/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /casework/person/{id}", "/casework/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /casework/person/{id}", "/casework/person/{mine}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /casework/person/{id}/readers", "/casework/person/{here}/readers", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /casework/person/{id}/readers", "/casework/person/{mine}/readers", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /casework/case/{id}", "/casework/case/{case}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /casework/case/{id}/steps", "/casework/case/{case}/steps", "kind=visit&note=x&_version=99", "401 409 403 403 403 403 403 403 403 403 403"},
	{"POST /casework/case/{id}/steps", "/casework/case/{case}/steps", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /casework/me", "/casework/me", "", "303 403 403 403 403 403 200 200 403 403 403"},
	{"GET /casework/me/readers", "/casework/me/readers", "", "303 403 403 403 403 403 200 200 403 403 403"},
	{"GET /jobs", "/jobs", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /jobs/vacancy/{id}", "/jobs/vacancy/{vacancy}", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"POST /jobs/vacancy/{id}/withdraw", "/jobs/vacancy/{vacancy}/withdraw", "", "401 403 403 403 403 403 404 404 403 403 403"},
	{"POST /jobs/vacancy/{id}/apply", "/jobs/vacancy/{vacancy}/apply", "", "401 403 403 403 403 403 303 303 403 403 403"},
	{"GET /jobs/mine", "/jobs/mine", "", "303 403 403 403 403 403 200 200 403 403 403"},
	{"GET /jobs/employer", "/jobs/employer", "", "303 403 403 403 403 403 403 403 200 200 403"},
	{"GET /jobs/employer/vacancy/new", "/jobs/employer/vacancy/new", "", "303 403 403 403 403 403 403 403 200 200 403"},
	{"POST /jobs/employer/vacancy/new", "/jobs/employer/vacancy/new", "", "401 403 403 403 403 403 403 403 422 422 403"},
	{"GET /jobs/employer/vacancy/{id}/edit", "/jobs/employer/vacancy/{vacancy}/edit", "", "303 403 403 403 403 403 403 403 200 404 403"},
	{"POST /jobs/employer/vacancy/{id}/edit", "/jobs/employer/vacancy/{vacancy}/edit", "", "401 403 403 403 403 403 403 403 422 404 403"},
	{"GET /jobs/employer/vacancy/{id}/candidates", "/jobs/employer/vacancy/{vacancy}/candidates", "", "303 200 403 200 403 200 403 403 200 404 403"},
	{"POST /jobs/employer/vacancy/{id}/candidates/{person}", "/jobs/employer/vacancy/{vacancy}/candidates/{mine}", "to=hired", "401 403 403 403 403 403 403 403 303 404 403"},
	{"POST /jobs/employer/vacancy/{id}/candidates/{person}", "/jobs/employer/vacancy/{vacancy}/candidates/{there}", "to=hired", "401 403 403 403 403 403 403 403 404 404 403"},
	{"POST /jobs/employer/vacancy/{id}/state", "/jobs/employer/vacancy/{vacancy}/state", "state=closed&_version=1", "401 403 403 403 403 403 403 403 303 404 403"},
	{"GET /jobs/office", "/jobs/office", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /jobs/office", "/jobs/office?list=people", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /jobs/person/{id}", "/jobs/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /jobs/person/{id}", "/jobs/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /jobs/person/{id}", "/jobs/person/{mine}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /jobs/person/{id}/refer", "/jobs/person/{here}/refer", "vacancy={vacancy}", "401 409 403 403 403 403 403 403 403 403 403"},
	{"POST /jobs/person/{id}/refer", "/jobs/person/{there}/refer", "vacancy={vacancy}", "401 403 409 403 403 403 403 403 403 403 403"},
	{"GET /policy", "/policy", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /policy/{id}", "/policy/R28", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /policy/{id}", "/policy/R01", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /policy/{id}/person/{pid}", "/policy/R28/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /policy/{id}/person/{pid}", "/policy/R28/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /policy/{id}/person/{pid}", "/policy/R28/person/{mine}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /policy/{id}/unit/{eid}", "/policy/R01/unit/{unit}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /policy/mine", "/policy/mine", "", "303 403 403 403 403 403 200 200 403 403 403"},
	{"GET /policy/employer", "/policy/employer", "", "303 403 403 403 403 403 403 403 200 200 403"},
	{"GET /collect", "/collect", "", "303 303 303 303 303 303 403 403 403 403 403"},
	{"GET /collect/progress", "/collect/progress", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /collect/progress", "/collect/progress?area=152921", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /collect/village/{code}", "/collect/village/152921110201", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /collect/household/{id}", "/collect/household/{household}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /collect/household/{id}", "/collect/household/{household}", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /collect/person/{id}", "/collect/person/{here}", "", "303 200 403 403 403 403 403 403 403 403 403"},
	{"GET /collect/person/{id}", "/collect/person/{there}", "", "303 403 200 403 403 403 403 403 403 403 403"},
	{"POST /collect/person/{id}", "/collect/person/{here}", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /collect/village/{code}/new", "/collect/village/152921110201/new", "", "303 200 403 403 403 403 403 403 403 403 403"},
	{"POST /collect/village/{code}/new", "/collect/village/152921110201/new", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /collect/desk", "/collect/desk", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /collect/desk/hint/{person}/{id}", "/collect/desk/hint/{here}/{hint}", "", "401 303 403 403 403 403 403 403 403 403 403"},
	{"POST /collect/desk/newcomer/{id}", "/collect/desk/newcomer/{newcomer}", "", "401 303 403 403 403 403 403 403 403 403 403"},
	{"GET /collect/phone", "/collect/phone", "", "303 200 200 403 403 403 403 403 403 403 403"},
	{"GET /collect/sw.js", "/collect/sw.js", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /collect/api/village/{code}", "/collect/api/village/152921110201", "", "303 200 403 403 403 403 403 403 403 403 403"},
	{"POST /collect/api/submit", "/collect/api/submit", "", "401 422 422 403 403 403 403 403 403 403 403"},
	{"GET /plan", "/plan", "", "303 303 303 303 303 303 403 403 403 403 303"},
	{"GET /plan/area/{code}", "/plan/area/15", "", "303 403 403 403 403 200 403 403 403 403 200"},
	{"GET /plan/area/{code}", "/plan/area/1529", "", "303 403 403 200 403 200 403 403 403 403 200"},
	{"GET /plan/area/{code}", "/plan/area/152921", "", "303 200 403 200 403 200 403 403 403 403 200"},
	{"GET /plan/area/{code}", "/plan/area/152923", "", "303 403 200 200 403 200 403 403 403 403 200"},
	{"GET /plan/area/{code}/export", "/plan/area/15/export", "", "303 403 403 403 403 200 403 403 403 403 200"},
	{"GET /plan/area/{code}/export", "/plan/area/1529/export", "", "303 403 403 200 403 200 403 403 403 403 200"},
	{"GET /plan/area/{code}/export", "/plan/area/152921/export", "", "303 200 403 200 403 200 403 403 403 403 200"},
	{"GET /plan/area/{code}/export", "/plan/area/152923/export", "", "303 403 200 200 403 200 403 403 403 403 200"},
	{"GET /plan/indicator/{id}/area/{code}", "/plan/indicator/new_urban/area/1529", "", "303 403 403 200 403 200 403 403 403 403 200"},
	{"GET /plan/indicator/{id}/area/{code}", "/plan/indicator/new_urban/area/152921", "", "303 200 403 200 403 200 403 403 403 403 200"},
	{"GET /plan/indicator/{id}/area/{code}", "/plan/indicator/new_urban/area/152923", "", "303 403 200 200 403 200 403 403 403 403 200"},
	{"GET /plan/indicator/{id}/area/{code}/people", "/plan/indicator/new_urban/area/1529/people", "", "303 403 403 200 403 200 403 403 403 403 403"},
	{"GET /plan/indicator/{id}/area/{code}/people", "/plan/indicator/new_urban/area/152921/people", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /plan/indicator/{id}/area/{code}/people", "/plan/indicator/new_urban/area/152923/people", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /plan/indicator/{id}/area/{code}/people", "/plan/indicator/schooling/area/{township}/people", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /plan/indicator/{id}/area/{code}/report", "/plan/indicator/productivity/area/15/report", "", "303 403 403 403 403 200 403 403 403 403 403"},
	{"GET /plan/indicator/{id}/area/{code}/report", "/plan/indicator/productivity/area/1529/report", "", "303 403 403 200 403 200 403 403 403 403 403"},
	{"GET /plan/indicator/{id}/area/{code}/report", "/plan/indicator/productivity/area/152921/report", "", "303 403 403 404 403 404 403 403 403 403 404"},
	{"POST /plan/indicator/{id}/area/{code}/report", "/plan/indicator/productivity/area/15/report", "", "401 403 403 403 403 422 403 403 403 403 403"},
	{"POST /plan/indicator/{id}/area/{code}/report", "/plan/indicator/productivity/area/1529/report", "", "401 403 403 422 403 422 403 403 403 403 403"},
	{"GET /plan/tasks", "/plan/tasks", "", "303 403 403 200 200 200 403 403 403 403 200"},
	{"GET /plan/tasks", "/plan/tasks?area=1529", "", "303 403 403 200 403 200 403 403 403 403 200"},
	{"GET /plan/task/{key}", "/plan/task/1?area=1529", "", "303 403 403 200 403 200 403 403 403 403 200"},
	{"POST /plan/task/{key}", "/plan/task/1?area=1529", "text=x&status=running&_version=99", "401 403 403 409 403 409 403 403 403 403 403"},
	{"GET /intake", "/intake", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /intake", "/intake", "", "401 422 422 422 422 422 403 403 403 403 403"},
	{"GET /intake/template/{kind}", "/intake/template/household", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /intake/batch/{id}", "/intake/batch/{batch}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /intake/batch/{id}/errors", "/intake/batch/{batch}/errors", "", "303 404 403 404 403 404 403 403 403 403 403"},
	{"GET /intake/batch/{id}", "/intake/batch/{all}", "", "303 403 403 403 403 200 403 403 403 403 403"},
	{"GET /intake/batch/{id}/errors", "/intake/batch/{all}/errors", "", "303 403 403 403 403 404 403 403 403 403 403"},
	{"POST /intake/batch/{id}/stop", "/intake/batch/{batch}/stop", "", "401 303 403 409 403 409 403 403 403 403 403"},
	{"POST /intake/batch/{id}/resume", "/intake/batch/{batch}/resume", "", "401 303 403 409 403 409 403 403 403 403 403"},
	{"GET /intake/batch/{id}/withdraw", "/intake/batch/{batch}/withdraw", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /intake/batch/{id}/withdraw", "/intake/batch/{batch}/withdraw", "", "401 422 403 422 403 422 403 403 403 403 403"},
	{"POST /intake/batch/{id}/withdraw", "/intake/batch/{all}/withdraw", "", "401 403 403 403 403 422 403 403 403 403 403"},
	{"GET /intake/person/{id}", "/intake/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /intake/person/{id}", "/intake/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"POST /intake/person/{id}/split", "/intake/person/{here}/split", "", "401 422 403 422 403 422 403 403 403 403 403"},
	{"GET /intake/me", "/intake/me", "", "303 403 403 403 403 403 200 200 403 403 403"},
	{"GET /intake/sources/{id}/returns.csv", "/intake/sources/police/returns.csv", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /intake/sources", "/intake/sources", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /intake/sources/{id}", "/intake/sources/police", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /intake/alarm/{id}", "/intake/alarm/7", "", "401 422 403 422 403 422 403 403 403 403 403"},
	{"GET /intake/cluster", "/intake/cluster", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /intake/cluster/{id}", "/intake/cluster/{cluster}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /intake/cluster/{id}", "/intake/cluster/{cluster}", "", "401 422 403 422 403 422 403 403 403 403 403"},
	{"POST /intake/cluster/{id}", "/intake/cluster/{cluster}", "choice=later&reason=x", "401 409 403 409 403 409 403 403 403 403 403"},
	{"POST /intake/cluster/{id}/reopen", "/intake/cluster/{cluster}/reopen", "", "401 409 403 409 403 409 403 403 403 403 403"},
	{"GET /intake/quality", "/intake/quality", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /intake/review", "/intake/review", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /intake/review/{id}", "/intake/review/{review}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /intake/review/{id}", "/intake/review/{review}", "", "401 422 403 422 403 422 403 403 403 403 403"},
	{"POST /intake/review/{id}", "/intake/review/{review}", "choice=later&reason=x", "401 409 403 409 403 409 403 403 403 403 403"},
	{"GET /intake/review/{id}", "/intake/review/{review15}", "", "303 403 403 403 403 200 403 403 403 403 403"},
	{"POST /intake/review/{id}", "/intake/review/{review15}", "", "401 403 403 403 403 422 403 403 403 403 403"},
	{"POST /intake/review/{id}", "/intake/review/{review15}", "choice=later&reason=x", "401 403 403 403 403 409 403 403 403 403 403"},
	{"POST /intake/review/{id}/reopen", "/intake/review/{review}/reopen", "", "401 409 403 409 403 409 403 403 403 403 403"},
	{"GET /api", "/api", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /api/openapi.json", "/api/openapi.json", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"POST /api/persons:link", "/api/persons:link", "", "401 401 401 401 401 401 401 401 401 401 401"}, // programs with a key only, see apiDoors
	{"POST /api/batches", "/api/batches", "", "401 401 401 401 401 401 401 401 401 401 401"},
	{"GET /api/batches/{id}", "/api/batches/{batch}", "", "401 401 401 401 401 401 401 401 401 401 401"},
	{"GET /api/batches/{id}/errors.csv", "/api/batches/{batch}/errors.csv", "", "401 401 401 401 401 401 401 401 401 401 401"},
	{"GET /api/changes", "/api/changes", "", "401 401 401 401 401 401 401 401 401 401 401"},
	{"GET /approval", "/approval", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /approval/{id}", "/approval/{approval}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /approval/{id}", "/approval/{approval}", "", "401 403 403 422 403 422 403 403 403 403 403"}, // the banner's officer has asked for it
	{"POST /approval/{id}/withdraw", "/approval/{approval}/withdraw", "_version=99", "401 409 403 403 403 403 403 403 403 403 403"},
	{"GET /assignment", "/assignment", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /assignment/new", "/assignment/new", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /assignment/new", "/assignment/new", "", "401 422 422 422 422 422 403 403 403 403 403"},
	{"GET /assignment/{id}", "/assignment/{task}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /assignment/{id}/answer", "/assignment/{task}/answer", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"POST /assignment/{id}/judge", "/assignment/{task}/judge", "", "401 403 403 422 403 403 403 403 403 403 403"},
	{"POST /assignment/{id}/withdraw", "/assignment/{task}/withdraw", "_version=99", "401 403 403 409 403 403 403 403 403 403 403"},
	{"GET /message", "/message", "", "303 200 200 200 200 200 200 200 200 200 200"},
	{"POST /message/read", "/message/read", "", "401 303 303 303 303 303 303 303 303 303 303"},
	{"GET /message/settings", "/message/settings", "", "303 200 200 200 200 200 200 200 200 200 200"},
	{"POST /message/settings", "/message/settings", "", "401 422 422 422 422 422 422 422 422 422 422"},
	{"GET /message/{id}", "/message/{message}", "", "303 404 404 404 404 404 200 404 404 404 404"},
	{"POST /message/{id}/open", "/message/{message}/open", "", "401 404 404 404 404 404 303 404 404 404 404"},
	{"POST /message/{id}/go", "/message/{message}/go", "", "401 404 404 404 404 404 303 404 404 404 404"},
	{"POST /message/{id}/answer", "/message/{message}/answer", "", "401 404 404 404 404 404 422 404 404 404 404"},
	{"GET /rights", "/rights", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /rights/retention", "/rights/retention", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /rights/person/{id}", "/rights/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /rights/person/{id}", "/rights/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /rights/person/{id}/correct/{field}", "/rights/person/{here}/correct/phone", "", "303 200 403 403 403 403 403 403 403 403 403"},
	{"POST /rights/person/{id}/correct/{field}", "/rights/person/{here}/correct/phone", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"POST /rights/person/{id}/consent", "/rights/person/{here}/consent", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"POST /rights/person/{id}/keep", "/rights/person/{here}/keep", "", "401 409 403 403 403 403 403 403 403 403 403"},
	{"GET /rights/file/{id}", "/rights/file/1", "", "303 404 404 404 404 404 404 404 403 403 403"}, // nobody has sent any evidence
	{"GET /rights/me", "/rights/me", "", "303 403 403 403 403 403 200 200 403 403 403"},
	{"GET /rights/me/correct/{field}", "/rights/me/correct/phone", "", "303 403 403 403 403 403 200 200 403 403 403"},
	{"POST /rights/me/correct/{field}", "/rights/me/correct/phone", "", "401 403 403 403 403 403 422 422 403 403 403"},
	{"POST /rights/me/consent", "/rights/me/consent", "", "401 403 403 403 403 403 422 422 403 403 403"},
	{"POST /rights/me/keep", "/rights/me/keep", "", "401 403 403 403 403 403 409 409 403 403 403"},
	{"GET /roster", "/roster", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /roster", "/roster?area=152921", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /roster/{list}", "/roster/S27", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /roster/{list}", "/roster/S27?area=152923", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /roster/{list}/person/{pid}", "/roster/S27/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /roster/{list}/person/{pid}", "/roster/S27/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /roster/{list}/unit/{eid}", "/roster/S33/unit/{unit}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /roster/{list}/person/{pid}/notes", "/roster/S27/person/{here}/notes", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"POST /roster/{list}/unit/{eid}/notes", "/roster/S33/unit/{unit}/notes", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"POST /roster/{list}/person/{pid}/manual", "/roster/S27/person/{here}/manual", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /roster/person/{pid}", "/roster/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /roster/person/{pid}", "/roster/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /roster/export/{list}", "/roster/export/S27", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /roster/export/{list}", "/roster/export/B01?area=152921", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /roster/resettled", "/roster/resettled", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /roster/resettled", "/roster/resettled", "codes=1", "401 403 403 422 422 422 403 403 403 403 403"},
	{"GET /roster/compare", "/roster/compare", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /roster/compare/{kind}", "/roster/compare/B01", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /roster/compare/{kind}/send", "/roster/compare/B07/send", "", "401 403 403 422 303 422 403 403 403 403 403"},
	{"GET /roster/compare/{kind}/person/{pid}", "/roster/compare/B01/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /roster/compare/{kind}/unit/{eid}", "/roster/compare/B10/unit/{unit}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /roster/compare/{kind}/person/{pid}/answer", "/roster/compare/B01/person/{here}/answer", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"POST /roster/compare/{kind}/unit/{eid}/answer", "/roster/compare/B10/unit/{unit}/answer", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /service", "/service", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /service/find", "/service/find", "", "401 422 422 422 422 422 403 403 403 403 403"},
	{"GET /service/figures", "/service/figures", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /service/figures", "/service/figures?area=152923", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /service/person/{id}", "/service/person/{here}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /service/person/{id}", "/service/person/{there}", "", "303 403 200 200 403 200 403 403 403 403 403"},
	{"GET /service/person/{id}/act/{act}", "/service/person/{mine}/act/employed", "", "303 200 403 403 403 403 403 403 403 403 403"},
	{"POST /service/person/{id}/act/{act}", "/service/person/{mine}/act/employed", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /service/person/{id}/receipt/{receipt}", "/service/person/{here}/receipt/1", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /service/person/{id}/route", "/service/person/{here}/route", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /service/archive", "/service/archive", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /service/person/{id}/archive", "/service/person/{here}/archive", "", "303 200 403 403 403 403 403 403 403 403 403"},
	{"POST /service/person/{id}/archive", "/service/person/{here}/archive", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /service/archive/{id}", "/service/archive/{archive}", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"GET /service/archive/{id}/letter", "/service/archive/{archive}/letter", "", "303 200 403 200 403 200 403 403 403 403 403"},
	{"POST /service/archive/{id}/{step}", "/service/archive/{archive}/lend", "", "401 422 403 403 403 403 403 403 403 403 403"},
	{"GET /service/stories", "/service/stories", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /service/stories/{id}", "/service/stories/{story}", "", "404 200 404 200 404 200 404 404 404 404 200"},
	{"GET /service/stories/new", "/service/stories/new", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /service/stories/new", "/service/stories/new", "", "401 422 422 422 422 422 403 403 403 403 403"},
	{"GET /service/demand", "/service/demand", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"GET /service/demand/new", "/service/demand/new", "", "303 200 200 200 200 200 403 403 403 403 403"},
	{"POST /service/demand/new", "/service/demand/new", "", "401 422 422 422 422 422 403 403 403 403 403"},
	{"POST /service/demand/{id}/hand", "/service/demand/{demand}/hand", "_version=99", "401 409 403 403 403 403 403 403 403 403 403"},
	{"GET /design", "/design", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /design/form", "/design/form", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /design/list", "/design/list", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /design/public", "/design/public", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /design/board", "/design/board", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /design/person", "/design/person", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /design/progress", "/design/progress", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"GET /design/upload", "/design/upload", "", "200 200 200 200 200 200 200 200 200 200 200"},
	{"POST /design/form", "/design/form", "", "422 422 422 422 422 422 422 422 422 422 422"},
	{"POST /design/upload", "/design/upload", "", "422 422 422 422 422 422 422 422 422 422 422"},
	{"GET /design/errors/{kind}", "/design/errors/late", "", "409 409 409 409 409 409 409 409 409 409 409"},
	{"POST /signout", "/signout", "", "303 303 303 303 303 303 303 303 303 303 303"},
}

func TestEveryDoorOpensForWhomItShould(t *testing.T) {
	w := newWorld(t)
	listed := map[string]bool{}
	for _, d := range doors {
		listed[d.route] = true
		method, _, _ := strings.Cut(d.route, " ")
		path := w.ids.Replace(d.path)
		var codes []string
		for _, login := range visitors {
			var g got
			if method == "POST" {
				form, err := url.ParseQuery(w.ids.Replace(d.form))
				if err != nil {
					t.Fatal(err)
				}
				g = w.post(login, path, form)
			} else {
				g = w.ask(method, login, path)
			}
			codes = append(codes, strconv.Itoa(g.code))
		}
		if have := strings.Join(codes, " "); have != d.want {
			t.Errorf("%s %s\n got %s\nwant %s\n     %s", d.route, d.path, have, d.want, strings.Join(visitors, " "))
		}
	}
	for _, route := range w.server.Routes() {
		if !listed[route] {
			t.Errorf("nobody has said who may use %s: add it to doors", route)
		}
	}
}
