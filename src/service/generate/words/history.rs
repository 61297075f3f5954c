//! Table: what is written on activities, requests and files: `{p}` is a product, `{c}` the company, `{n}` the first name.

/// What was remembered of a call in which somebody was reached.
pub const TALKS: &[&str] = &[
    "Uses {p} every day, wants an offer for two more.",
    "Will ask the board about {p} and call back.",
    "Happy with the trial, asks for the price of {p} in writing.",
    "Short of time; would like the brochure for {p} first.",
    "The budget for {p} is decided next month.",
    "Talked about {p} and delivery times. Friendly.",
    "Compares us with one other supplier of {p}.",
    "Needs {p} at the second site as well.",
    "Asked whether {p} can be leased.",
    "Wants a visit at {c}, production is to be there too.",
    "Passed on to purchasing, who call back.",
    "Nothing new: {p} stays on the list for this year.",
    "Complained about the last delivery of {p}, otherwise content.",
    "Confirmed the order of {p} in principle; terms with legal.",
];

/// What was remembered of a call in which nobody was.
pub const MISSED: &[&str] = &[
    "No answer, engaged before that.",
    "Voicemail, asked to be called back.",
    "Out of the office until next week.",
    "In a meeting; the assistant takes a message.",
];

/// Subjects of mails.
pub const MAILS: &[&str] = &[
    "Your question about {p}",
    "Quote for {p}",
    "Data sheet: {p}",
    "Re: {p}",
    "Prices of {p}",
    "Appointment at {c}",
    "Delivery time of {p}",
    "References for {p}",
    "Thank you for the talk",
    "Reminder: quote for {p}",
];

/// What stands in mails.
pub const LETTERS: &[&str] = &[
    "Dear {n},\n\nas promised the data sheet of {p}. I will call you next week.\n\nKind regards",
    "Dear {n},\n\nplease find our quote for {p} attached. It holds for thirty days.\n\nKind regards",
    "Hello {n},\n\nthank you for your time today. In short: {p}, two sites, before the end of the quarter.\n\nBest regards",
    "Dear {n},\n\nhave you had time to look at our offer for {p}? I am glad to answer questions.\n\nKind regards",
];

/// What stands in mails that came.
pub const ANSWERS: &[&str] = &[
    "Hello,\n\nplease send me prices and delivery times for {p}.\n\nThanks, {n}",
    "Hello,\n\nwe have read your offer for {p} and have two questions about the guarantee.\n\n{n}",
    "Hello,\n\nthe talk about {p} has to wait until our new budget is there.\n\nRegards, {n}",
    "Hello,\n\ncan you come to {c} on Thursday and bring somebody who knows {p}?\n\n{n}",
];

/// Tasks.
pub const TASKS: &[&str] = &[
    "Send the price list",
    "Prepare the quote for {p}",
    "Ask the technicians about {p}",
    "Check the credit of {c}",
    "Send references",
    "Find out who decides at {c}",
    "Book the demo of {p}",
    "Follow up on the quote",
    "Send the contract",
    "Update address and role",
];

/// Appointments, and how many minutes they take.
pub const APPOINTMENTS: &[(&str, i64)] = &[
    ("Demo of {p}", 60),
    ("Visit at {c}", 90),
    ("Video call about {p}", 30),
    ("Lunch with {n}", 60),
    ("Handing over {p}", 120),
    ("Review of the quote", 30),
];

/// Where appointments are; the first is at the customer's.
pub const LOCATIONS: &[&str] = &["{c}", "Video call", "Our showroom", "Trade fair, hall 4", "Office, room 2.12"];

/// What was remembered of tasks, appointments, letters and faxes.
pub const REMARKS: &[&str] = &[
    "Done, nothing open.",
    "Took longer than planned; {p} was the main point.",
    "Four people, among them the head of production. They like {p}.",
    "Sent by post to {c}.",
    "Waiting for an answer about {p}.",
];

/// Requests by type: questions, problems, wishes.
pub const REQUESTS: [&[&str]; 3] = [
    &["How is {p} cleaned?", "Does {p} work without a network?", "Which spare parts are on stock?", "Guarantee of {p}"],
    &["{p} does not start", "Wrong parts delivered", "{p} is loud since the last service", "Invoice without our order number"],
    &["A second manual for {p}", "Pick up the old {p}", "Training for new colleagues", "Offer for {p} at another site"],
];

/// What requests were answered with.
pub const RESOLUTIONS: &[&str] = &[
    "Answered on the phone.",
    "Sent the manual.",
    "A technician was there, all works again.",
    "Replaced free of charge.",
    "Passed on to sales, who make an offer.",
];

/// Files that are sent and received: name, what is in them.
pub const FILES: &[(&str, &str)] = &[
    ("price list.csv", "product;price;unit\nStarter set;480;piece\nService plan;95;month\nTraining;720;day\n"),
    ("terms.txt", "Terms of delivery\n\nPrices without tax. Payment within thirty days. Delivery within eight weeks.\n"),
    ("data sheet.md", "# Data sheet\n\n- 230 V, 50 Hz\n- 42 kg\n- two years of guarantee\n"),
    ("minutes.md", "# Minutes\n\nPresent: five people.\n\n1. Needs\n2. Prices\n3. Next steps: quote until Friday\n"),
    ("questions.txt", "1. How long is the guarantee?\n2. Who repairs on site?\n3. Is there a volume discount?\n"),
    ("contact.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee;Ann;;;\r\nFN:Ann Lee\r\nEMAIL:ann.lee@example.com\r\nEND:VCARD\r\n"),
];
