// The service worker of the room jobs: keeps the shell of /jobs/phone.
import { keepShell } from "./shell.js";

keepShell("jiuye-jobs", "/jobs/phone", 'id="jobs-phone"');
