// Offers the time zone that the browser is in; without this script the server's stands.
const field = document.querySelector("select[data-zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && [...field.options].some((one) => one.value === here)) field.value = here;
