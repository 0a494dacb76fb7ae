// The service worker of the room collect: keeps the shell of /collect/phone.
import { keepShell } from "./shell.js";

keepShell("jiuye-collect", "/collect/phone", 'id="collect"');
