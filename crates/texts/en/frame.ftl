# What stands around every page, and the standing words of the kit.

frame-skip = Skip to content
frame-navigation = Navigation
frame-breadcrumb = You are here
frame-categories = Categories
frame-search = Search applications
frame-search-placeholder = Search applications
frame-help = Help Center
frame-on-this-page = On this page
frame-notifications = Notifications
frame-preferences = Language and appearance

frame-sign-in = Sign in
frame-sign-up = Sign up
frame-sign-out = Sign out
frame-my-apps = My KooGallery Apps
frame-billing-center = Billing Center
frame-seller-console = Seller Console
frame-become-seller = Become a seller
frame-operator-console = Operator Console
frame-message-center = Message Center
frame-account = Account settings

frame-language = Language
frame-theme = Appearance
frame-theme-auto = Same as system
frame-theme-light = Light
frame-theme-dark = Dark

frame-apply = Apply
frame-filtered-by = Filtered by
frame-remove-filter = Remove this filter
frame-clear-filters = Clear all filters
frame-list-tools = Search and filter this list
frame-filters = Filters
frame-paging = Pages
frame-previous = Previous
frame-next = Next

frame-cancel = Cancel
frame-close = Close
frame-copied = Copied.

frame-show-password = Show password
frame-hide-password = Hide password
frame-copy-password = Copy password
frame-password-shown = The password is shown for one minute.
frame-password-hidden = The password is hidden.
frame-show-key = Show key
frame-hide-key = Hide key
frame-copy-key = Copy key
frame-key-shown = The key is shown for one minute.
frame-key-hidden = The key is hidden.

frame-step-done = completed
frame-step-current = in progress
frame-step-pending = not started
frame-step-failed = failed
