//! Table: the time zone of a place, by its country and, where the country has several, its state or province. Knows no clock.
//!
//! A country or a state counts as one zone when at most a tenth of its people live by another clock: El Paso is Texas and the
//! Canaries must be named. Where more do (Tennessee, Ontario has fewer), there is no answer rather than a wrong one.

use chrono_tz::Tz;
use chrono_tz::{Africa, America, Asia, Atlantic, Australia, Europe, Indian, Pacific};

use super::Zone;
use crate::model::country::writings;
use crate::model::fold::fold;

/// Countries by their code, as far as they have one zone.
#[rustfmt::skip]
const COUNTRIES: &[(&str, Tz)] = &[
    ("ad", Europe::Andorra), ("ae", Asia::Dubai), ("al", Europe::Tirane), ("am", Asia::Yerevan),
    ("ar", America::Argentina::Buenos_Aires), ("at", Europe::Vienna), ("az", Asia::Baku), ("ba", Europe::Sarajevo),
    ("bd", Asia::Dhaka), ("be", Europe::Brussels), ("bg", Europe::Sofia), ("bh", Asia::Bahrain), ("bo", America::La_Paz),
    ("by", Europe::Minsk), ("ch", Europe::Zurich), ("ci", Africa::Abidjan), ("cl", America::Santiago), ("cm", Africa::Douala),
    ("cn", Asia::Shanghai), ("co", America::Bogota), ("cr", America::Costa_Rica), ("cu", America::Havana),
    ("cy", Asia::Nicosia), ("cz", Europe::Prague), ("de", Europe::Berlin), ("dk", Europe::Copenhagen),
    ("do", America::Santo_Domingo), ("dz", Africa::Algiers), ("ec", America::Guayaquil), ("ee", Europe::Tallinn),
    ("eg", Africa::Cairo), ("es", Europe::Madrid), ("et", Africa::Addis_Ababa), ("fi", Europe::Helsinki),
    ("fr", Europe::Paris), ("gb", Europe::London), ("ge", Asia::Tbilisi), ("gh", Africa::Accra), ("gr", Europe::Athens),
    ("gt", America::Guatemala), ("hk", Asia::Hong_Kong), ("hn", America::Tegucigalpa), ("hr", Europe::Zagreb),
    ("hu", Europe::Budapest), ("ie", Europe::Dublin), ("il", Asia::Jerusalem), ("in", Asia::Kolkata), ("iq", Asia::Baghdad),
    ("ir", Asia::Tehran), ("is", Atlantic::Reykjavik), ("it", Europe::Rome), ("jm", America::Jamaica), ("jo", Asia::Amman),
    ("jp", Asia::Tokyo), ("ke", Africa::Nairobi), ("kh", Asia::Phnom_Penh), ("kr", Asia::Seoul), ("kw", Asia::Kuwait),
    ("kz", Asia::Almaty), ("lb", Asia::Beirut), ("li", Europe::Vaduz), ("lk", Asia::Colombo), ("lt", Europe::Vilnius),
    ("lu", Europe::Luxembourg), ("lv", Europe::Riga), ("ma", Africa::Casablanca), ("mc", Europe::Monaco),
    ("md", Europe::Chisinau), ("me", Europe::Podgorica), ("mk", Europe::Skopje), ("mt", Europe::Malta),
    ("my", Asia::Kuala_Lumpur), ("ng", Africa::Lagos), ("nl", Europe::Amsterdam), ("no", Europe::Oslo),
    ("np", Asia::Kathmandu), ("nz", Pacific::Auckland), ("om", Asia::Muscat), ("pa", America::Panama), ("pe", America::Lima),
    ("ph", Asia::Manila), ("pk", Asia::Karachi), ("pl", Europe::Warsaw), ("pr", America::Puerto_Rico),
    ("pt", Europe::Lisbon), ("py", America::Asuncion), ("qa", Asia::Qatar), ("ro", Europe::Bucharest),
    ("rs", Europe::Belgrade), ("sa", Asia::Riyadh), ("se", Europe::Stockholm), ("sg", Asia::Singapore),
    ("si", Europe::Ljubljana), ("sk", Europe::Bratislava), ("sn", Africa::Dakar), ("sv", America::El_Salvador),
    ("th", Asia::Bangkok), ("tn", Africa::Tunis), ("tr", Europe::Istanbul), ("tw", Asia::Taipei),
    ("tz", Africa::Dar_es_Salaam), ("ua", Europe::Kyiv), ("ug", Africa::Kampala), ("uy", America::Montevideo),
    ("uz", Asia::Tashkent), ("ve", America::Caracas), ("vn", Asia::Ho_Chi_Minh), ("za", Africa::Johannesburg),
    ("zm", Africa::Lusaka), ("zw", Africa::Harare),
];

/// States and provinces by country, each by what is written for it, folded. In a country that is not in the table above, only
/// they tell; in one that is, they are the exceptions.
#[rustfmt::skip]
const STATES: &[(&str, Tz, &[&str])] = &[
    ("us", America::New_York, &[
        "connecticut", "ct", "delaware", "de", "district of columbia", "dc", "d.c.", "washington dc", "washington d.c.",
        "washington, dc", "florida", "fl", "georgia", "ga", "maine", "me", "maryland", "md", "massachusetts", "ma", "michigan",
        "mi", "new hampshire", "nh", "new jersey", "nj", "new york", "ny", "north carolina", "nc", "ohio", "oh",
        "pennsylvania", "pa", "rhode island", "ri", "south carolina", "sc", "vermont", "vt", "virginia", "va",
        "west virginia", "wv",
    ]),
    ("us", America::Chicago, &[
        "alabama", "al", "arkansas", "ar", "illinois", "il", "iowa", "ia", "kansas", "ks", "louisiana", "la", "minnesota", "mn",
        "mississippi", "ms", "missouri", "mo", "nebraska", "ne", "north dakota", "nd", "oklahoma", "ok", "texas", "tx",
        "wisconsin", "wi",
    ]),
    ("us", America::Denver, &["colorado", "co", "montana", "mt", "new mexico", "nm", "utah", "ut", "wyoming", "wy"]),
    ("us", America::Phoenix, &["arizona", "az"]),
    ("us", America::Los_Angeles, &["california", "ca", "calif.", "nevada", "nv", "oregon", "or", "washington", "wa"]),
    ("us", America::Anchorage, &["alaska", "ak"]),
    ("us", Pacific::Honolulu, &["hawaii", "hi"]),
    ("us", America::Puerto_Rico, &["puerto rico", "pr", "virgin islands", "us virgin islands", "vi"]),
    ("us", Pacific::Guam, &["guam", "gu"]),
    ("ca", America::St_Johns, &["newfoundland and labrador", "newfoundland", "nl"]),
    ("ca", America::Halifax, &["nova scotia", "ns", "new brunswick", "nb", "prince edward island", "pe", "pei"]),
    ("ca", America::Toronto, &["ontario", "on", "quebec", "qc"]),
    ("ca", America::Winnipeg, &["manitoba", "mb"]),
    ("ca", America::Regina, &["saskatchewan", "sk"]),
    ("ca", America::Edmonton, &["alberta", "ab"]),
    ("ca", America::Vancouver, &["british columbia", "bc", "b.c."]),
    ("ca", America::Whitehorse, &["yukon", "yt"]),
    ("ca", America::Yellowknife, &["northwest territories", "nt"]),
    ("au", Australia::Sydney, &["new south wales", "nsw", "australian capital territory", "act"]),
    ("au", Australia::Melbourne, &["victoria", "vic"]),
    ("au", Australia::Brisbane, &["queensland", "qld"]),
    ("au", Australia::Adelaide, &["south australia", "sa"]),
    ("au", Australia::Perth, &["western australia", "wa"]),
    ("au", Australia::Hobart, &["tasmania", "tas"]),
    ("au", Australia::Darwin, &["northern territory", "nt"]),
    ("br", America::Sao_Paulo, &[
        "sao paulo", "sp", "rio de janeiro", "rj", "minas gerais", "mg", "espirito santo", "es", "parana", "pr",
        "santa catarina", "sc", "rio grande do sul", "rs", "goias", "go", "distrito federal", "df", "bahia", "ba",
        "sergipe", "se", "alagoas", "al", "pernambuco", "pe", "paraiba", "pb", "rio grande do norte", "rn", "ceara", "ce",
        "piaui", "pi", "maranhao", "ma", "para", "pa", "amapa", "ap", "tocantins", "to",
    ]),
    ("br", America::Manaus, &["amazonas", "am", "rondonia", "ro", "roraima", "rr"]),
    ("br", America::Cuiaba, &["mato grosso", "mt"]),
    ("br", America::Campo_Grande, &["mato grosso do sul", "ms"]),
    ("br", America::Rio_Branco, &["acre", "ac"]),
    ("mx", America::Mexico_City, &[
        "aguascalientes", "ags", "campeche", "chiapas", "chis", "coahuila", "coah", "colima", "ciudad de mexico", "mexico city",
        "cdmx", "df", "durango", "dgo", "estado de mexico", "mexico", "guanajuato", "gto", "guerrero", "gro", "hidalgo",
        "hgo", "jalisco", "jal", "michoacan", "mich", "morelos", "mor", "nuevo leon", "nl", "oaxaca", "oax", "puebla", "pue",
        "queretaro", "qro", "san luis potosi", "slp", "tabasco", "tamaulipas", "tamps", "tlaxcala", "tlax", "veracruz", "ver",
        "yucatan", "yuc", "zacatecas", "zac",
    ]),
    ("mx", America::Cancun, &["quintana roo", "qroo", "q. roo"]),
    ("mx", America::Hermosillo, &["sonora", "son"]),
    ("mx", America::Mazatlan, &["sinaloa", "sin", "nayarit", "nay", "baja california sur", "bcs"]),
    ("mx", America::Tijuana, &["baja california", "bc"]),
    ("ru", Europe::Kaliningrad, &["kaliningrad", "kaliningrad oblast"]),
    ("ru", Europe::Moscow, &[
        "moscow", "moskva", "moscow oblast", "москва", "московская область", "saint petersburg", "st. petersburg",
        "sankt-peterburg", "санкт-петербург", "leningrad oblast", "nizhny novgorod oblast", "nizhny novgorod", "tatarstan",
        "krasnodar krai", "krasnodar", "rostov oblast", "voronezh oblast", "tula oblast", "yaroslavl oblast", "tver oblast",
    ]),
    ("ru", Europe::Samara, &["samara", "samara oblast", "udmurtia"]),
    ("ru", Asia::Yekaterinburg, &[
        "sverdlovsk oblast", "chelyabinsk oblast", "perm krai", "tyumen oblast", "bashkortostan", "khanty-mansi",
        "orenburg oblast",
    ]),
    ("ru", Asia::Omsk, &["omsk", "omsk oblast"]),
    ("ru", Asia::Novosibirsk, &["novosibirsk", "novosibirsk oblast"]),
    ("ru", Asia::Krasnoyarsk, &["krasnoyarsk krai", "krasnoyarsk", "kemerovo oblast"]),
    ("ru", Asia::Irkutsk, &["irkutsk oblast", "irkutsk", "buryatia"]),
    ("ru", Asia::Vladivostok, &["primorsky krai", "primorye", "khabarovsk krai"]),
    ("id", Asia::Jakarta, &[
        "jakarta", "dki jakarta", "west java", "jawa barat", "central java", "jawa tengah", "east java", "jawa timur", "banten",
        "yogyakarta", "di yogyakarta", "java", "sumatra", "north sumatra", "sumatera utara", "west sumatra", "sumatera barat",
        "south sumatra", "sumatera selatan", "riau", "riau islands", "kepulauan riau", "jambi", "bengkulu", "lampung", "aceh",
        "west kalimantan", "kalimantan barat", "central kalimantan", "kalimantan tengah",
    ]),
    ("id", Asia::Makassar, &[
        "bali", "south sulawesi", "sulawesi selatan", "north sulawesi", "sulawesi utara", "sulawesi", "east kalimantan",
        "kalimantan timur", "south kalimantan", "kalimantan selatan", "west nusa tenggara", "nusa tenggara barat",
        "east nusa tenggara", "nusa tenggara timur",
    ]),
    ("id", Asia::Jayapura, &["papua", "west papua", "papua barat", "maluku", "north maluku", "maluku utara"]),
    ("es", Atlantic::Canary, &[
        "canary islands", "canarias", "islas canarias", "las palmas", "santa cruz de tenerife", "tenerife", "gran canaria",
    ]),
    ("pt", Atlantic::Azores, &["azores", "acores"]),
    ("cl", Pacific::Easter, &["easter island", "isla de pascua", "rapa nui"]),
    ("ec", Pacific::Galapagos, &["galapagos"]),
    ("fr", Indian::Reunion, &["reunion", "la reunion"]),
    ("fr", America::Guadeloupe, &["guadeloupe"]),
    ("fr", America::Martinique, &["martinique"]),
];

/// States with people enough on either side of a line between zones: to name them tells nothing.
const PARTED: &[(&str, &[&str])] = &[
    ("us", &["indiana", "in", "kentucky", "ky", "tennessee", "tn", "south dakota", "sd", "idaho", "id"]),
    ("ca", &["nunavut", "nu"]),
    ("mx", &["chihuahua", "chih"]),
];

/// The time zone at a place as people write its country and its state or province; none where that does not tell. Without a
/// country, the full name of a state that no two countries have is enough.
pub fn of_place(country: &str, state: &str) -> Option<Zone> {
    let (country, state) = (fold(country), fold(state));
    if country.is_empty() {
        return of_state_alone(&state);
    }
    let code = *writings(&country)?.first()?;
    let short = state.strip_prefix(code).and_then(|rest| rest.strip_prefix('-')).unwrap_or(&state);
    let named = STATES.iter().find(|(of, _, names)| *of == code && names.contains(&short)).map(|(_, tz, _)| *tz);
    named.or_else(|| COUNTRIES.iter().find(|(of, _)| *of == code).map(|(_, tz)| *tz)).map(Zone::Named)
}

/// The zone of a state whose name in full is that of one country alone.
fn of_state_alone(state: &str) -> Option<Zone> {
    /// Shorter ones are abbreviations, which countries share.
    const SHORTEST: usize = 5;
    if state.len() < SHORTEST || PARTED.iter().any(|(_, names)| names.contains(&state)) {
        return None;
    }
    // "Georgia" is a country too, "Mexico" a state and a country
    if writings(state).is_some() {
        return None;
    }
    let mut found = STATES.iter().filter(|(_, _, names)| names.contains(&state)).map(|(_, tz, _)| *tz);
    found.next().filter(|_| found.next().is_none()).map(Zone::Named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::country;
    use std::collections::HashSet;

    fn name(country: &str, state: &str) -> Option<String> {
        of_place(country, state).map(|zone| zone.to_string())
    }

    #[test]
    fn places_have_their_zones() {
        for (country, state, zone) in [
            ("DE", "", Some("Europe/Berlin")),
            ("Deutschland", "Bayern", Some("Europe/Berlin")),
            ("USA", "California", Some("America/Los_Angeles")),
            ("United States", "TX", Some("America/Chicago")),
            ("us", "US-NY", Some("America/New_York")),
            ("us", "ca", Some("America/Los_Angeles")),
            ("US", "", None),
            ("US", "Tennessee", None),
            ("US", "Somewhere", None),
            ("Canada", "Québec", Some("America/Toronto")),
            ("Canada", "Nunavut", None),
            ("Australia", "WA", Some("Australia/Perth")),
            ("Brasil", "São Paulo", Some("America/Sao_Paulo")),
            ("Brazil", "", None),
            ("Spain", "Madrid", Some("Europe/Madrid")),
            ("Spain", "Las Palmas", Some("Atlantic/Canary")),
            ("Mexico", "Sonora", Some("America/Hermosillo")),
            ("Russia", "Москва", Some("Europe/Moscow")),
            ("Atlantis", "California", None),
            ("", "California", Some("America/Los_Angeles")),
            ("", "Georgia", None),
            ("", "CA", None),
            ("", "Idaho", None),
            ("", "", None),
        ] {
            assert_eq!(name(country, state).as_deref(), zone, "{country} / {state}");
        }
    }

    #[test]
    fn every_country_has_one_zone_or_states() {
        let without: Vec<&str> = country::codes()
            .filter(|code| !COUNTRIES.iter().any(|(of, _)| of == code) && !STATES.iter().any(|(of, ..)| of == code))
            .collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn every_state_is_written_folded_and_once() {
        let mut seen = HashSet::new();
        let all = STATES.iter().map(|(of, _, names)| (of, names)).chain(PARTED.iter().map(|(of, names)| (of, names)));
        for (of, name) in all.flat_map(|(of, names)| names.iter().map(move |name| (of, name))) {
            assert_eq!(fold(name), *name);
            assert!(seen.insert((of, name)), "{name} twice");
        }
    }
}
