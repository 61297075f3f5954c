//! Table: countries by their codes and the names that people write for them, folded. Knows no addresses.

/// ISO 3166 codes of two and three letters, the English name, and other usual writings.
const COUNTRIES: &[&[&str]] = &[
    &["ad", "and", "andorra"],
    &["ae", "are", "united arab emirates", "uae"],
    &["al", "alb", "albania", "shqiperia"],
    &["am", "arm", "armenia"],
    &["ar", "arg", "argentina"],
    &["at", "aut", "austria", "osterreich", "oesterreich"],
    &["au", "aus", "australia"],
    &["az", "aze", "azerbaijan"],
    &["ba", "bih", "bosnia and herzegovina", "bosnia"],
    &["bd", "bgd", "bangladesh"],
    &["be", "bel", "belgium", "belgique", "belgie", "belgien"],
    &["bg", "bgr", "bulgaria"],
    &["bh", "bhr", "bahrain"],
    &["bo", "bol", "bolivia"],
    &["br", "bra", "brazil", "brasil"],
    &["by", "blr", "belarus"],
    &["ca", "can", "canada"],
    &["ch", "che", "switzerland", "schweiz", "suisse", "svizzera"],
    &["ci", "civ", "ivory coast", "cote d'ivoire"],
    &["cl", "chl", "chile"],
    &["cm", "cmr", "cameroon"],
    &["cn", "chn", "china", "people's republic of china", "prc", "中国"],
    &["co", "col", "colombia"],
    &["cr", "cri", "costa rica"],
    &["cu", "cub", "cuba"],
    &["cy", "cyp", "cyprus"],
    &["cz", "cze", "czech republic", "czechia", "cesko", "ceska republika", "tschechien"],
    &["de", "deu", "germany", "deutschland", "ger", "allemagne", "alemania"],
    &["dk", "dnk", "denmark", "danmark"],
    &["do", "dom", "dominican republic"],
    &["dz", "dza", "algeria", "algerie"],
    &["ec", "ecu", "ecuador"],
    &["ee", "est", "estonia", "eesti"],
    &["eg", "egy", "egypt"],
    &["es", "esp", "spain", "espana", "spanien"],
    &["et", "eth", "ethiopia"],
    &["fi", "fin", "finland", "suomi"],
    &["fr", "fra", "france", "frankreich"],
    &["gb", "gbr", "united kingdom", "uk", "great britain", "england", "scotland", "wales", "northern ireland"],
    &["ge", "geo", "georgia"],
    &["gh", "gha", "ghana"],
    &["gr", "grc", "greece", "hellas"],
    &["gt", "gtm", "guatemala"],
    &["hk", "hkg", "hong kong", "hong kong sar"],
    &["hn", "hnd", "honduras"],
    &["hr", "hrv", "croatia", "hrvatska"],
    &["hu", "hun", "hungary", "magyarorszag"],
    &["id", "idn", "indonesia"],
    &["ie", "irl", "ireland", "eire"],
    &["il", "isr", "israel"],
    &["in", "ind", "india"],
    &["iq", "irq", "iraq"],
    &["ir", "irn", "iran"],
    &["is", "isl", "iceland", "island"],
    &["it", "ita", "italy", "italia", "italien"],
    &["jm", "jam", "jamaica"],
    &["jo", "jor", "jordan"],
    &["jp", "jpn", "japan", "日本"],
    &["ke", "ken", "kenya"],
    &["kh", "khm", "cambodia"],
    &["kr", "kor", "south korea", "korea", "republic of korea", "대한민국"],
    &["kw", "kwt", "kuwait"],
    &["kz", "kaz", "kazakhstan"],
    &["lb", "lbn", "lebanon"],
    &["li", "lie", "liechtenstein"],
    &["lk", "lka", "sri lanka"],
    &["lt", "ltu", "lithuania", "lietuva"],
    &["lu", "lux", "luxembourg", "luxemburg"],
    &["lv", "lva", "latvia", "latvija"],
    &["ma", "mar", "morocco", "maroc"],
    &["mc", "mco", "monaco"],
    &["md", "mda", "moldova"],
    &["me", "mne", "montenegro"],
    &["mk", "mkd", "north macedonia", "macedonia"],
    &["mt", "mlt", "malta"],
    &["mx", "mex", "mexico"],
    &["my", "mys", "malaysia"],
    &["ng", "nga", "nigeria"],
    &["nl", "nld", "netherlands", "the netherlands", "holland", "nederland", "niederlande"],
    &["no", "nor", "norway", "norge"],
    &["np", "npl", "nepal"],
    &["nz", "nzl", "new zealand"],
    &["om", "omn", "oman"],
    &["pa", "pan", "panama"],
    &["pe", "per", "peru"],
    &["ph", "phl", "philippines"],
    &["pk", "pak", "pakistan"],
    &["pl", "pol", "poland", "polska", "polen"],
    &["pr", "pri", "puerto rico"],
    &["pt", "prt", "portugal"],
    &["py", "pry", "paraguay"],
    &["qa", "qat", "qatar"],
    &["ro", "rou", "romania"],
    &["rs", "srb", "serbia", "srbija"],
    &["ru", "rus", "russia", "russian federation"],
    &["sa", "sau", "saudi arabia", "ksa"],
    &["se", "swe", "sweden", "sverige", "schweden"],
    &["sg", "sgp", "singapore"],
    &["si", "svn", "slovenia", "slovenija"],
    &["sk", "svk", "slovakia", "slovensko"],
    &["sn", "sen", "senegal"],
    &["sv", "slv", "el salvador"],
    &["th", "tha", "thailand"],
    &["tn", "tun", "tunisia", "tunisie"],
    &["tr", "tur", "turkey", "turkiye"],
    &["tw", "twn", "taiwan"],
    &["tz", "tza", "tanzania"],
    &["ua", "ukr", "ukraine"],
    &["ug", "uga", "uganda"],
    &["us", "usa", "united states", "united states of america", "america", "u.s.", "u.s.a."],
    &["uy", "ury", "uruguay"],
    &["uz", "uzb", "uzbekistan"],
    &["ve", "ven", "venezuela"],
    &["vn", "vnm", "vietnam", "viet nam"],
    &["za", "zaf", "south africa"],
    &["zm", "zmb", "zambia"],
    &["zw", "zwe", "zimbabwe"],
];

/// Every folded writing of the country that a folded code or name means; none where it is unknown.
pub fn writings(text: &str) -> Option<&'static [&'static str]> {
    COUNTRIES.iter().find(|names| names.contains(&text)).copied()
}

/// The codes of two letters of all that are known.
#[cfg(test)]
pub fn codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.iter().filter_map(|names| names.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fold::fold;
    use std::collections::HashSet;

    #[test]
    fn every_writing_is_folded_and_means_one_country() {
        let mut seen = HashSet::new();
        for name in COUNTRIES.iter().flat_map(|names| names.iter()) {
            assert_eq!(fold(name), *name);
            assert!(seen.insert(name), "{name} twice");
        }
    }

    #[test]
    fn every_writing_finds_the_others() {
        assert!(writings("de").is_some_and(|all| all.contains(&"deutschland")));
        assert_eq!(writings("germany"), writings("de"));
        assert_eq!(writings("atlantis"), None);
    }
}
