//! Table: what headings mean in the lists of one kind of records alone, and by which a list is known to be of that kind. Written as in
//! [`super::headings`]; a kind without a row is read by the names, labels and synonyms of its fields.

use crate::model::entity::Entity;

/// What is said of the lists of one kind of records.
pub struct Own {
    /// The kind.
    pub entity: Entity,
    /// Target, and the headings that mean it, stronger than what they mean elsewhere.
    pub headings: &'static [(&'static str, &'static [&'static str])],
    /// Further headings of the column by which a program names them.
    pub keys: &'static [&'static str],
    /// Any of these is in no list but theirs.
    pub sure: &'static [&'static str],
}

/// The kinds that have such headings.
pub const OWN: &[Own] = &[
    Own {
        entity: Entity::Lead,
        headings: &[],
        keys: &["prospectid", "personid", "contactid", "recordidcontact"],
        sure: &[
            "donotmodifylead",
            "leadstatus",
            "hsleadstatus",
            "leadowner",
            "leadrecordid",
            "leadqualitycode",
            "isconverted",
            "converted",
            "converteddate",
            "convertedaccountid",
            "statusdescription",
            "companyaccount",
        ],
    },
    Own {
        entity: Entity::Account,
        headings: &[
            ("name", &["accountname", "customername", "customer", "companyname", "organizationname"]),
            ("phone", &["mainphone", "accountphone", "companyphone"]),
            (
                "primary_contact",
                &["primarycontact", "primarycontactid", "contact", "contactname", "contactperson", "maincontact", "contactid"],
            ),
            ("parent_account", &["parentaccountid", "parentid", "parent", "parentcompany", "parentaccountname"]),
            ("relationship", &["relationshiptype", "customertype", "customertypecode", "accounttype", "type"]),
            ("street", BILLING_STREET),
            ("city", &["billingcity", "billingaddresscity"]),
            ("state_or_province", BILLING_STATE),
            ("postal_code", BILLING_CODE),
            ("country", &["billingcountry", "billingaddresscountry"]),
            ("address2_street", SHIPPING_STREET),
            ("address2_city", &["shippingcity", "shippingaddresscity"]),
            ("address2_state_or_province", SHIPPING_STATE),
            ("address2_postal_code", SHIPPING_CODE),
            ("address2_country", &["shippingcountry", "shippingaddresscountry"]),
        ],
        keys: &["customerid", "customerno", "customernumber", "companyid", "organizationid"],
        sure: &[
            "donotmodifyaccount",
            "accountowner",
            "billingstreet",
            "billingaddressstreet",
            "shippingstreet",
            "customertypecode",
            "primarycontact",
            "primarycontactid",
            "accountsource",
        ],
    },
    Own {
        entity: Entity::Contact,
        headings: &[
            (
                "account",
                &[
                    "parentcustomer",
                    "parentcustomerid",
                    "customer",
                    "customerid",
                    "companyid",
                    "associatedcompanyids",
                    "primarycompany",
                    "associatedcompanyidsprimary",
                ],
            ),
            ("birthday", &["birthdate", "dateofbirth", "dob"]),
            ("role", &["accountrole", "accountrolecode", "contactrole"]),
            ("address2_street", &["otherstreet"]),
            ("address2_city", &["othercity"]),
            ("address2_state_or_province", &["otherstate", "otherstateprovince"]),
            ("address2_postal_code", &["otherpostalcode", "otherzip", "otherzippostalcode"]),
            ("address2_country", &["othercountry"]),
        ],
        keys: &["personid", "recordidcontact"],
        sure: &["donotmodifycontact", "reportsto", "reportstoid", "mailingstreet", "parentcustomerid", "parentcustomer"],
    },
    Own {
        entity: Entity::Opportunity,
        headings: &[
            ("name", &["opportunityname", "opportunity", "dealname", "deal", "potentialname", "title"]),
            (
                "account",
                &[
                    "account",
                    "accountname",
                    "accountid",
                    "parentaccount",
                    "parentaccountid",
                    "potentialcustomer",
                    "customer",
                    "customerid",
                    "customername",
                    "company",
                    "companyname",
                    "companyid",
                    "associatedcompany",
                    "organization",
                ],
            ),
            (
                "contact",
                &[
                    "contact",
                    "contactid",
                    "contactname",
                    "primarycontact",
                    "parentcontact",
                    "parentcontactid",
                    "associatedcontact",
                    "contactperson",
                    "person",
                    "personname",
                ],
            ),
            ("estimated_value", &["estrevenue", "estimatedrevenue"]),
            ("estimated_close_date", &["closingdate"]),
            ("actual_value", &["actualrevenue", "actualamount", "salevalue"]),
            ("actual_close_date", &["actualclosedate", "closeddate", "dateclosed", "saledate"]),
            ("stage", &["stage", "stagename", "salesstage", "pipelinephase", "pipelinestage", "dealstage", "opportunitystage"]),
            ("status", &["opportunitystatus"]),
            ("rating", &["opportunityrating", "opportunityratingcode"]),
            ("probability", &["closeprobability", "dealprobability"]),
            ("forecast_category", &["forecastcategoryname", "msdynforecastcategory"]),
            ("originating_lead", &["leadid", "leadname", "originatingleadid"]),
            ("competitor", &["maincompetitors", "maincompetitor"]),
        ],
        keys: &["dealid", "recordiddeal", "potentialid", "saleid"],
        sure: &[
            "donotmodifyopportunity",
            "opportunityname",
            "opportunityowner",
            "potentialcustomer",
            "potentialname",
            "dealname",
            "dealstage",
            "stagename",
            "closeprobability",
            "forecastcategory",
            "forecastcategoryname",
            "estrevenue",
        ],
    },
    Own {
        entity: Entity::Activity,
        headings: &[
            ("name", &["tasksubject", "callsubject", "tasktitle", "meetingname", "eventtitle", "activityname", "hstasksubject"]),
            ("kind", &["type", "tasksubtype", "eventsubtype", "activitytype", "activitytypecode", "tasktype", "hstasktype"]),
            ("regarding", REGARDING),
            (
                "due_at",
                &[
                    "activitydate",
                    "duedate",
                    "datedue",
                    "taskduedate",
                    "enddatetime",
                    "scheduledend",
                    "dateend",
                    "hstimestamp",
                    "date",
                    "datetime",
                    "calldate",
                    "meetingdate",
                ],
            ),
            ("starts_at", &["activitydatetime", "startdatetime", "startdate", "datestart", "scheduledstart", "callstarttime"]),
            ("actual_end", &["completeddatetime", "completeddate", "completedat", "datecompleted", "completedon", "closedtime"]),
            ("duration", &["durationinminutes", "durationminutes", "durationmins"]),
            ("direction", &["calltype", "calldirection"]),
            ("outcome", &["calldisposition", "callresult", "calloutcome", "disposition"]),
            ("description", &["fullcomments", "callnotes", "activitydescription", "hstaskbody", "hscallbody", "details"]),
        ],
        keys: &["taskid", "eventid", "callid", "meetingid", "donotmodifytask", "donotmodifyphonecall", "donotmodifyappointment"],
        sure: &[
            "whoid",
            "activitydate",
            "activitydatetime",
            "tasksubtype",
            "eventsubtype",
            "activitytypecode",
            "calldisposition",
            "callduration",
            "donotmodifyactivity",
            "donotmodifytask",
            "donotmodifyphonecall",
            "donotmodifyappointment",
            "hstasksubject",
        ],
    },
    Own {
        entity: Entity::Note,
        headings: &[
            ("name", &["title", "notetitle", "filename"]),
            ("body", &["body", "content", "notetext", "notecontent", "notebody", "hsnotebody", "details"]),
            ("regarding", REGARDING),
            ("owner", &["author", "createdby", "createdbyname", "noteowner", "writtenby"]),
        ],
        keys: &["annotationid"],
        sure: &["notetitle", "notetext", "notecontent", "notebody", "hsnotebody", "annotationid", "donotmodifynote", "isprivate"],
    },
    Own {
        entity: Entity::Request,
        headings: &[
            ("name", &["casetitle", "casesubject", "ticketname", "ticketsubject"]),
            ("regarding", &["customer", "customerid", "customername", "contactid", "contactname", "accountid", "accountname"]),
            ("type", &["casetype", "casetypecode", "tickettype"]),
            ("origin", &["caseorigin", "caseorigincode", "ticketsource"]),
        ],
        keys: &["casenumber", "caseid", "ticketnumber", "ticketid", "incidentid"],
        sure: &["casenumber", "casetitle", "caseorigin", "caseorigincode", "ticketnumber", "ticketsubject", "donotmodifycase"],
    },
];

/// What an activity or a note stands on, the person first.
const REGARDING: &[&str] = &[
    "whoid",
    "whatid",
    "relatedto",
    "relatedtoid",
    "regardingobjectid",
    "regardingid",
    "parentid",
    "parentrecordid",
    "objectid",
    "linkedentityid",
    "contactid",
    "leadid",
    "opportunityid",
    "dealid",
    "associatedcontact",
    "associatedcontactids",
    "associateddeal",
    "associateddealids",
    "associatedcompany",
    "associatedcompanyids",
];

const BILLING_STREET: &[&str] = &["billingstreet", "billingaddress", "billingaddressstreet", "billingaddressline1"];
const BILLING_STATE: &[&str] = &["billingstate", "billingstateprovince", "billingaddressstate"];
const BILLING_CODE: &[&str] =
    &["billingpostalcode", "billingcode", "billingzip", "billingzippostalcode", "billingaddresspostalcode"];
const SHIPPING_STREET: &[&str] = &["shippingstreet", "shippingaddress", "shippingaddressstreet", "shippingaddressline1"];
const SHIPPING_STATE: &[&str] = &["shippingstate", "shippingstateprovince", "shippingaddressstate"];
const SHIPPING_CODE: &[&str] =
    &["shippingpostalcode", "shippingcode", "shippingzip", "shippingzippostalcode", "shippingaddresspostalcode"];

/// What is said of a kind.
pub fn own(entity: Entity) -> Option<&'static Own> {
    OWN.iter().find(|own| own.entity == entity)
}
