// Sends the one form of a page that only asks to go on; without scripts its button does.
document.getElementById("go-on").submit();
