//! Table: what is wanted, said and done: topics, titles, notes, tags, campaigns and colleagues. `{p}` is a product, `{c}` the company.

/// What is sold, the most frequent first.
pub const PRODUCTS: &[&str] = &[
    "3D printers",
    "spare parts",
    "service plan",
    "label printers",
    "packing machines",
    "warehouse scanners",
    "time clocks",
    "office chairs",
    "meeting screens",
    "phone system",
    "cold storage",
    "forklift batteries",
    "LED lighting",
    "solar carport",
    "laser cutter",
    "milling heads",
    "conveyor belts",
    "sensor kits",
    "training days",
    "maintenance contract",
    "air filters",
    "compressors",
    "display stands",
    "dosing pumps",
    "safety shoes",
    "uniforms",
    "coffee machines",
    "vending machines",
    "fleet leasing",
    "charging stations",
    "access cards",
    "cash registers",
    "server racks",
    "backup storage",
    "video doorbells",
    "cleaning robots",
    "sealing film",
    "shipping boxes",
    "pallet racks",
    "workbenches",
];

/// What they want of it.
pub const TOPICS: &[&str] = &[
    "{p}",
    "Quote for {p}",
    "Wants {p}",
    "{p} for {c}",
    "Demo of {p}",
    "Replacement for {p}",
    "Question about {p}",
    "Met at the fair: {p}",
    "Trial of {p}",
    "Renewal: {p}",
    "More {p} for the new site",
    "Price list, {p}",
    "Call back about {p}",
    "Tender: {p}",
    "Web form: {p}",
];

/// The same in other scripts, by the language of the company from Japanese on.
pub const OTHER_TOPICS: [&[&str]; 5] = [
    &["見積依頼", "3Dプリンターのデモ", "保守契約の更新", "展示会での名刺交換", "カタログ請求"],
    &["Запит ціни", "Демонстрація обладнання", "Продовження договору", "Зустріч на виставці", "Каталог запчастин"],
    &["طلب عرض سعر", "عرض تجريبي للطابعات", "تجديد عقد الصيانة", "لقاء في المعرض", "استفسار عن المنتجات"],
    &["Αίτημα προσφοράς", "Επίδειξη εκτυπωτή", "Ανανέωση συμβολαίου", "Επαφή από την έκθεση", "Τιμοκατάλογος"],
    &["견적 요청", "3D 프린터 시연", "유지보수 계약 갱신", "전시회 명함", "카탈로그 요청"],
];

/// What people are, the most frequent first.
pub const TITLES: &[&str] = &[
    "Managing Director",
    "Head of Purchasing",
    "Buyer",
    "Office Manager",
    "Head of IT",
    "Production Manager",
    "Owner",
    "Project Manager",
    "Head of Logistics",
    "Chief Financial Officer",
    "Engineer",
    "Facility Manager",
    "Marketing Manager",
    "Assistant to the Board",
    "Head of Quality",
    "Store Manager",
    "Operations Manager",
    "Chief Technology Officer",
    "Technical Buyer",
    "Warehouse Manager",
    "Head of Research",
    "HR Manager",
    "Partner",
    "Consultant",
];

/// What is noted after talking.
pub const NOTES: &[&str] = &[
    "Wants a demo of {p}; decision with the board.",
    "Not in the office, the colleague takes a message. Try again after lunch.",
    "Has an offer of a competitor for {p}, asks what we can do about the price.",
    "Budget is approved for this year. Needs a quote with delivery by the end of the quarter.",
    "Sent the brochure and the price list for {p}.",
    "Reorganisation at {c}: nothing moves before autumn.",
    "Asks for references from the same industry.",
    "Met at the fair. Friendly, knows {p} well, has three sites.",
    "Prefers to be called in the morning.",
    "Uses {p} of another maker for six years now, contract ends soon.",
    "Wrong extension; the right one is at the switchboard.",
    "Forwarded to the technical department, who will test {p}.",
    "Quote is too high by a tenth. Asked for a volume discount.",
    "Wants to see {p} running at another customer's.",
    "New contact: the former one has left {c}.",
    "Delivery time was the question. Eight weeks are fine.",
    "Voicemail.",
    "Left a message with the assistant.",
    "Interested, but first wants the trial of {p} to end.",
    "Terms sent. Legal at {c} reads them, two weeks at least.",
    "No answer for the third time.",
    "## Meeting\n\n- five people, two from production\n- main need: {p}\n- open: interface to their own system\n\nNext: send the data sheet.",
    "## Call\n\nNeeds {p} for two shifts. Will *not* sign before the audit.\n\n- [x] data sheet\n- [ ] quote",
    "Asked about leasing instead of buying.",
    "Complains about the slow reply to the web form. Apologised, named a direct number.",
    "Has the say up to 20,000, above that the parent company decides.",
    "Speaks French and some English.",
    "Would rather get everything by e-mail.",
    "Compared us with two others: we are ahead on service.",
    "Project {p} is on hold, call again in spring.",
];

/// Labels, the most frequent first.
pub const TAGS: &[&str] = &[
    "expo",
    "newsletter",
    "reseller",
    "key-account",
    "call-back",
    "webinar",
    "pilot",
    "tender",
    "priority",
    "price-list",
    "leasing",
    "service",
    "export",
    "startup",
    "public-sector",
    "retail",
    "upgrade",
    "recall",
    "spring-mailing",
    "autumn-mailing",
    "reference",
    "nda",
    "french",
    "long-term",
    "parts-only",
];

/// Where leads came from at once.
pub const CAMPAIGNS: &[&str] = &[
    "Spring Mailing",
    "Trade Fair",
    "Web Seminar",
    "Autumn Mailing",
    "Search Ads",
    "Customer Day",
    "Reseller Push",
    "Product Launch",
    "Referral Bonus",
    "Winter Sale",
];

/// What kind each of them was, by the codes of the option set.
pub const CAMPAIGN_TYPES: &[i64] = &[2, 3, 3, 2, 1, 3, 4, 3, 5, 1];

/// Who else sells: name, what they are good at, what not.
pub const COMPETITORS: &[(&str, &str, &str)] = &[
    ("Hartwell Supply", "cheap, delivers from stock", "no service after the sale"),
    ("Sundqvist & Partners", "known in the north, good references", "slow to answer, dear"),
    ("Everest Machines", "long guarantee", "few models, no leasing"),
    ("Blue Harbor Systems", "everything in one hand", "long contracts, hard to leave"),
];

/// Who sells with us.
pub const PARTNERS: &[&str] = &["Nordic Partners", "Alpine Resale", "Iberia Trade", "Pacific Direct", "Baltic Supply"];

/// What is said when a lead is handed over.
pub const HAND_OVERS: &[&str] = &[
    "wants to be called on Tuesday",
    "speaks French, please take over",
    "yours by territory",
    "met you at the fair, asked for you",
    "I am away for two weeks",
    "needs a technical talk, not mine",
];

/// The business units below the organization.
pub const UNITS: &[&str] = &["North", "South", "Central"];

/// The place of the unit of each colleague.
pub const UNIT_OF_USER: &[usize] = &[0, 1, 2, 2, 2, 0, 1, 1, 0, 2, 2, 0];

/// The place of the unit of each team.
pub const UNIT_OF_TEAM: &[usize] = &[0, 1, 2];

/// The colleagues: login, name.
pub const USERS: &[(&str, &str)] = &[
    ("bo", "Bo Ek"),
    ("carla", "Carla Rossi"),
    ("dmitri", "Dmitri Horn"),
    ("emil", "Emil Novák"),
    ("farah", "Farah Haddad"),
    ("greta", "Greta Lindqvist"),
    ("hugo", "Hugo Martin"),
    ("ines", "Inês Costa"),
    ("jonas", "Jonas Weber"),
    ("kim", "Kim Abe"),
    ("lena", "Lena Fuchs"),
    ("milo", "Milo Byrne"),
];

/// The teams, and the places of their members in the table of colleagues.
pub const TEAMS: &[(&str, &[usize])] = &[("Nordics", &[0, 5]), ("South", &[1, 6, 7]), ("Inside Sales", &[3, 4, 9, 10])];
