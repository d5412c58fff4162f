# The Help Center, and what readers answer to its pages.

help-contents = Contents
help-overview = Overview
help-updated = Updated on { $date } GMT+08:00
help-copy-link = Copy link to this heading
help-table = Table
help-example = Example
help-neighbours = Neighboring pages
help-parent = Parent topic
help-previous = Previous topic
help-next = Next topic
help-untranslated = This page is not available in your language yet.
help-untranslated-shown = The English page is shown instead.
help-yes = Yes
help-no = No

help-search = Search the Help Center
help-search-count = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
help-search-nothing-asked = What are you looking for?
help-search-nothing-found = No page has these words
help-search-advice = Enter one or two words, such as the name of a page or of a status. The contents list every page.

help-feedback = Feedback on this page
help-feedback-question = Was this page helpful?
help-feedback-provide = Provide feedback
help-feedback-text = What is missing, wrong or hard to understand?
help-feedback-text-help = Up to 500 characters. Please write no passwords and nothing about other people.
help-feedback-send = Submit
help-feedback-failed = The system is busy. Please try again later.
help-feedback-thanks = Thank you for your feedback
help-feedback-read = The people who run this site read every answer and improve the pages with them.
help-feedback-see-reply = See the reply and handling status in
help-feedback-back = Back to the page
help-feedback-reply = Reply
help-feedback-open-page = Open the page
help-feedback-by-you = You
help-feedback-by-operator = Operator
help-feedback-by-reader = Reader, signed in
help-feedback-by-guest = Reader, not signed in

help-my-feedback = My feedback
help-my-feedback-lead = Your answers to pages of the Help Center, with replies and handling status.
help-my-feedback-none = No feedback yet
help-my-feedback-none-why = At the end of each page of the Help Center you can say whether it helped. Your answers are listed here when you are signed in.

help-desk = Feedback on help pages
help-desk-lead = What readers answer to “Was this page helpful?”.
help-desk-any-state = Any state
help-desk-page = Page
help-desk-helpful = Helpful
help-desk-text = Feedback
help-desk-state = State
help-desk-submitted = Submitted
help-desk-operation = Operation
help-desk-view = View details
help-desk-none = No feedback here
help-desk-none-why = Answers to help pages are listed here as soon as readers give them. Look at another state if you miss one.
help-desk-answer = Answer
help-desk-version = Page updated on
help-desk-language = Language
help-desk-take-up = Start processing
help-desk-close = Close
help-desk-reply = Reply to the reader
help-desk-reply-help = The reader sees it under “My feedback”. A reply is given once and can't be changed.
help-desk-send-reply = Send reply
help-desk-no-author = The reader was not signed in, so nobody would see a reply.
