package collect

import "testing/fstest"

// doorPages stand for the sign-in page.
var doorPages = fstest.MapFS{"pages/in.html": {Data: []byte(`<p id="door">请登录</p>`)}}
