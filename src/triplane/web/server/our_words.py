"""Our words for what allauth's templates say, by theirs; ``their_words.py`` puts them in their place.

Theirs stand here in one line each, as they are written there. What is not here stays theirs: words that
are as ours (Save, Cancel), and what is never shown here.
"""

from django.utils.translation import gettext_noop as _

OUR_WORDS = {
    "Account Inactive": _("This account is closed"),
    "This account is inactive.": _("Nobody can sign in to it any more."),
    "Confirm Access": _("First, show that it is you"),
    "Alternative options": _("Another way"),
    "Please reauthenticate to safeguard your account.": _(
        "What comes next changes who gets into your account, so we ask once more."
    ),
    (
        "You are receiving this email because you or someone else tried to signup for an account using "
        "email address: %(email)s However, an account using that email address already exists. In case "
        "you have forgotten about this, please use the password forgotten procedure to recover your "
        "account: %(password_reset_url)s"
    ): _(
        "Somebody, perhaps you, tried to make an account with %(email)s. There is one already. If you "
        "have forgotten its password, choose a new one here: %(password_reset_url)s"
    ),
    "Account Already Exists": _("You have an account already"),
    "You are receiving this mail because the following change was made to your account:": _(
        "Something of your account was changed:"
    ),
    (
        "If you do not recognize this change then please take proper security precautions immediately. "
        "The change to your account originates from: - IP address: %(ip)s - Browser: %(user_agent)s - "
        "Date: %(timestamp)s"
    ): _(
        "If that was you, there is nothing to do. If it was not, choose a new password now and sign out "
        "all other devices. It came from the address %(ip)s on %(timestamp)s, from a browser that calls "
        "itself: %(user_agent)s"
    ),
    "Your email has been changed from %(from_email)s to %(to_email)s.": _(
        "You sign in with %(to_email)s from now on, no longer with %(from_email)s."
    ),
    "Email Changed": _("Your e-mail address was changed"),
    "Your email has been confirmed.": _("Your e-mail address is confirmed."),
    "Email Confirmation": _("Your e-mail address is confirmed"),
    "Please Confirm Your Email Address": _("Confirm your e-mail address"),
    "Email address %(deleted_email)s has been removed from your account.": _(
        "%(deleted_email)s belongs to your account no longer."
    ),
    "Email Removed": _("An e-mail address was removed"),
    "Your password has been changed.": _("Your password was changed."),
    "Password Changed": _("Your password was changed"),
    (
        "You're receiving this email because you or someone else has requested a password reset for "
        "your user account. It can be safely ignored if you did not request a password reset. Click the "
        "link below to reset your password."
    ): _(
        "Somebody, perhaps you, asked to choose a new password for your account. If it was you, open "
        "this page; if not, do nothing, and the old one holds."
    ),
    "In case you forgot, your username is %(username)s.": _("You sign in as %(username)s."),
    "Password Reset Email": _("Choose a new password"),
    "Your password has been reset.": _("A new password was chosen for your account."),
    "Password Reset": _("A new password"),
    "Your password has been set.": _("Your account has a password now."),
    "Password Set": _("Your account has a password"),
    (
        "You are receiving this email because you, or someone else, tried to access an account with "
        "email %(email)s. However, we do not have any record of such an account in our database."
    ): _(
        "Somebody, perhaps you, asked for a new password of an account with %(email)s. There is no such "
        "account here."
    ),
    "This mail can be safely ignored if you did not initiate this action.": _(
        "If it was not you, there is nothing to do."
    ),
    "If it was you, you can sign up for an account using the link below.": _(
        "If it was you, look for the address you signed up with, or make an account here:"
    ),
    "Unknown Account": _("There is no account with this address"),
    "Email Addresses": _("E-mail addresses"),
    "The following email addresses are associated with your account:": _(
        "These addresses belong to your account:"
    ),
    "Verified": _("Confirmed"),
    "Unverified": _("Not confirmed yet"),
    "Primary": _("You sign in with it"),
    "Make Primary": _("Sign in with this one"),
    "Re-send Verification": _("Send the e-mail again"),
    "Add Email Address": _("Add an e-mail address"),
    "Add Email": _("Add the address"),
    "Do you really want to remove the selected email address?": _("Remove this address from your account?"),
    "Email Address": _("E-mail address"),
    "Current email": _("Now"),
    "Changing to": _("Waits to be confirmed"),
    "Cancel Change": _("Keep the present one"),
    "Change to": _("The new one"),
    "Change Email": _("Change the address"),
    "Your email address is still pending verification.": _(
        "This address is not confirmed yet: the e-mail we sent there says how."
    ),
    "You cannot remove your primary email address (%(email)s).": _(
        "You sign in with %(email)s, so it stays."
    ),
    "Unable to confirm %(email)s because it is already confirmed by a different account.": _(
        "%(email)s belongs to another account already."
    ),
    "You have confirmed %(email)s.": _("%(email)s is confirmed."),
    "Removed email address %(email)s.": _("%(email)s was removed."),
    "Password successfully changed.": _("Your password is changed."),
    "Password successfully set.": _("Your account has a password now."),
    "Primary email address set.": _("You sign in with this address from now on."),
    "Your primary email address must be verified.": _(
        "Confirm the address first: then you can sign in with it."
    ),
    "Change Password": _("Change the password"),
    (
        "Forgotten your password? Enter your email address below, and we'll send you an email allowing "
        "you to reset it."
    ): _("Write the e-mail address of your account. An e-mail leads you to a new password."),
    "Reset My Password": _("Send me the e-mail"),
    "Please contact us if you have any trouble resetting your password.": _(
        "If no e-mail comes, ask whoever runs this server."
    ),
    (
        "We have sent you an email. If you have not received it please check your spam folder. "
        "Otherwise contact us if you do not receive it in a few minutes."
    ): _(
        "An e-mail is on its way. If it is not there in a few minutes, look where your mail program "
        "puts what it takes for spam; then ask whoever runs this server."
    ),
    "Bad Token": _("This link does not work any more"),
    (
        "The password reset link was invalid, possibly because it has already been used. Please request "
        'a <a href="%(passwd_reset_url)s">new password reset</a>.'
    ): _('It was used before, or it is too old. <a href="%(passwd_reset_url)s">Ask for a new one</a>.'),
    "Your password is now changed.": _("Your password is changed."),
    "Set Password": _("Choose a password"),
    "Sign Up Closed": _("No new accounts here"),
    "We are sorry, but the sign up is currently closed.": _(
        "Whoever runs this server makes the accounts. Ask them for one."
    ),
    "You are already logged in as %(user_display)s.": _("You are signed in as %(user_display)s."),
    (
        "You currently do not have any email address set up. You should really add an email address so "
        "you can receive notifications, reset your password, etc."
    ): _("Your account has no e-mail address: a forgotten password could not be replaced. Add one."),
    "Verify Your Email Address": _("Confirm your e-mail address"),
    (
        "We have sent an email to you for verification. Follow the link provided to finalize the signup "
        "process. If you do not see the verification email in your main inbox, check your spam folder. "
        "Please contact us if you do not receive the verification email within a few minutes."
    ): _(
        "An e-mail is on its way to you. Open the page it names, and your account is ready. If it is "
        "not there in a few minutes, look where your mail program puts what it takes for spam; then ask "
        "whoever runs this server."
    ),
    (
        "This part of the site requires us to verify that you are who you claim to be. For this "
        "purpose, we require that you verify ownership of your email address."
    ): _("This page is only for whoever has confirmed their e-mail address."),
    (
        "We have sent an email to you for verification. Please click on the link inside that email. If "
        "you do not see the verification email in your main inbox, check your spam folder. Otherwise "
        "contact us if you do not receive it within a few minutes."
    ): _(
        "An e-mail is on its way to you; open the page it names. If it is not there in a few minutes, "
        "look where your mail program puts what it takes for spam."
    ),
    '<strong>Note:</strong> you can still <a href="%(email_url)s">change your email address</a>.': _(
        'You may still <a href="%(email_url)s">change the address</a>.'
    ),
    "Sign In": _("Sign in"),
    "Two-Factor Authentication": _("Passkeys and second step"),
    "Use a security key": _("Use a passkey or security key"),
    "Your account is protected by two-factor authentication. Please enter an authenticator code:": _(
        "A second step protects your account. Write the code that your authenticator app shows, or a "
        "recovery code:"
    ),
    "A new set of Two-Factor Authentication recovery codes has been generated.": _(
        "New recovery codes were made; the old ones no longer hold."
    ),
    "New Recovery Codes Generated": _("New recovery codes"),
    "Authenticator app activated.": _("Signing in asks for a code of your authenticator app from now on."),
    "Authenticator App Activated": _("An authenticator app is your second step"),
    "Authenticator app deactivated.": _("Signing in asks for no code of an authenticator app any more."),
    "Authenticator App Deactivated": _("The authenticator app was switched off"),
    "A new security key has been added.": _("A passkey or security key was added."),
    "Security Key Added": _("A passkey was added"),
    "A security key has been removed.": _("A passkey or security key was removed."),
    "Security Key Removed": _("A passkey was removed"),
    "Authenticator App": _("Authenticator app"),
    "Authentication using an authenticator app is active.": _("Signing in asks for a code of your app."),
    "An authenticator app is not active.": _("No app is set up."),
    "Deactivate": _("Switch it off"),
    "Activate": _("Set it up"),
    "Security Keys": _("Passkeys and security keys"),
    "No security keys have been added.": _("There is none yet."),
    "Recovery Codes": _("Recovery codes"),
    "No recovery codes set up.": _("There are none yet."),
    "You have added %(count)s security key.": _("You have %(count)s."),
    "You have added %(count)s security keys.": _("You have %(count)s of them."),
    "There is %(unused_count)s out of %(total_count)s recovery codes available.": _(
        "%(unused_count)s of %(total_count)s codes is left."
    ),
    "There are %(unused_count)s out of %(total_count)s recovery codes available.": _(
        "%(unused_count)s of %(total_count)s codes are left."
    ),
    "Generate": _("Make them"),
    "A new set of recovery codes has been generated.": _("New recovery codes are made."),
    "Save them in a secure location now — they won't be shown again.": _(
        "Keep them in a safe place now: they are not shown again."
    ),
    "Security key added.": _("The passkey is added."),
    "Security key removed.": _("The passkey is removed."),
    "Enter an authenticator code:": _("The code of your authenticator app, or a recovery code:"),
    "Enter your password:": _("Your password:"),
    "You are about to generate a new set of recovery codes for your account.": _(
        "With a recovery code you get in where your device is lost. Each is used once."
    ),
    "This action will invalidate your existing codes.": _("The codes that you have now no longer hold then."),
    "Are you sure?": _("Go on?"),
    "Unused codes": _("Codes that are left"),
    "Download codes": _("Save them as a file"),
    "Generate new codes": _("Make new ones"),
    "I have saved my recovery codes": _("I have put them in a safe place"),
    "Activate Authenticator App": _("Set up an authenticator app"),
    "Authenticator secret": _("The secret in letters"),
    "You can store this secret and use it to reinstall your authenticator app at a later time.": _(
        "Where the app cannot scan, type this. Kept in a safe place, it sets the app up again later."
    ),
    (
        "To protect your account with two-factor authentication, scan the QR code below with your "
        "authenticator app. Then, input the verification code generated by the app below."
    ): _("Scan this with your authenticator app, then write the code that it shows."),
    "Deactivate Authenticator App": _("Switch the authenticator app off"),
    "You are about to deactivate authenticator app based authentication. Are you sure?": _(
        "Signing in then asks for no code of the app any more."
    ),
    "Add Security Key": _("Add a passkey or security key"),
    "Remove Security Key": _("Remove the passkey or security key"),
    "Are you sure you want to remove this security key?": _("With this one you can then no longer sign in."),
    "Edit Security Key": _("Name the passkey or security key"),
    "This functionality requires JavaScript.": _("Passkeys need scripts, and your browser runs none here."),
    "Third-Party Login Failure": _("Signing in through the other service failed"),
    "An error occurred while attempting to login via your third-party account.": _(
        "Nothing of your account was changed. Try again, or sign in with your password."
    ),
    "Account Connections": _("Other ways to sign in"),
    "You currently have no third-party accounts connected to this account.": _(
        "No other service signs you in yet."
    ),
    "Add a Third-Party Account": _("Add a service"),
    "You can sign in to your account using any of the following third-party accounts:": _(
        "These services sign you in:"
    ),
    "A third-party account from %(provider)s has been connected to your account.": _(
        "%(provider)s signs you in from now on."
    ),
    "Third-Party Account Connected": _("Another service signs you in"),
    "A third-party account from %(provider)s has been disconnected from your account.": _(
        "%(provider)s signs you in no longer."
    ),
    "Third-Party Account Disconnected": _("A service signs you in no longer"),
    "Connect %(provider)s": _("Let %(provider)s sign you in"),
    "You are about to connect a new third-party account from %(provider)s.": _(
        "%(provider)s then signs you in to this account."
    ),
    "Sign In Via %(provider)s": _("Sign in through %(provider)s"),
    "You are about to sign in using a third-party account from %(provider)s.": _(
        "%(provider)s asks you who you are, and leads you back here."
    ),
    "Login Cancelled": _("You are not signed in"),
    (
        "You decided to cancel logging in to our site using one of your existing accounts. If this was "
        'a mistake, please proceed to <a href="%(login_url)s">sign in</a>.'
    ): _('You stopped at the other service. <a href="%(login_url)s">Sign in</a> if you meant to go on.'),
    "The third-party account has been connected.": _("This service signs you in from now on."),
    "The third-party account is already connected to a different account.": _(
        "This service signs in to another account already."
    ),
    "The third-party account has been disconnected.": _("This service signs you in no longer."),
    "Signup": _("Make an account"),
    "Sign Up": _("Make an account"),
    (
        "You are about to use your %(provider_name)s account to login to %(site_name)s. As a final "
        "step, please complete the following form:"
    ): _("%(provider_name)s says who you are. This is still missing for your account:"),
    "Or use a third-party": _("Or through another service"),
    "Signed out of all other sessions.": _("All other devices are signed out."),
}
