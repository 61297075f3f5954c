//! Table: first and last names by culture, the most frequent first; `_` stands for a blank, `=` parts a name from its Latin form.

/// The names of one culture.
pub struct Culture {
    /// First names.
    pub first: &'static str,
    /// Last names.
    pub last: &'static str,
}

/// Every culture; places name them by their index.
pub const CULTURES: [Culture; 17] = [
    ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, NORDIC, POLISH, PORTUGUESE, CZECH, INDIAN, TURKISH, JAPANESE, CYRILLIC,
    ARABIC, GREEK, KOREAN,
];

/// The first of the cultures that do not write in Latin letters.
pub const FIRST_OTHER_SCRIPT: usize = 12;

const ENGLISH: Culture = Culture {
    first: "James Mary John Jennifer Robert Linda Michael Elizabeth William Susan David Jessica Richard Sarah Joseph Karen Thomas \
        Emma Charles Olivia Christopher Charlotte Daniel Amelia Matthew Sophie Anthony Grace Mark Lucy Andrew Hannah Paul Emily \
        Steven Laura Kevin Rebecca Brian Alice George Rachel Edward Julia Samuel Helen Benjamin Margaret Patrick Katherine Oliver \
        Victoria Harry Eleanor Jack Diana Peter Abigail Simon Megan Alan Fiona Gareth Bethany Nicholas Zoë Aidan Siobhán Declan Niamh \
        Renée Chloë Seán Tyrone Wesley Nathaniel Josephine Harriet",
    last: "Smith Johnson Williams Brown Jones Miller Davis Wilson Taylor Anderson Thomas Moore Martin Jackson Thompson White Lee \
        Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Carter Mitchell Roberts Turner \
        Phillips Campbell Parker Evans Edwards Collins Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Reed Bailey Bell Kelly \
        Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray Hughes Price Foster Russell Fisher Henderson Simpson Graham \
        Marshall Hamilton Wallace Owens Sullivan Fitzgerald O'Brien O'Connor O'Neill McDonald McCarthy Gallagher Byrne Ó_Súilleabháin \
        Whitfield Thistlewood Ravenscroft Featherstone Ashworth Blackwood Pemberton Hargreaves Winterbourne",
};

const GERMAN: Culture = Culture {
    first: "Thomas Anna Michael Sabine Andreas Petra Peter Julia Stefan Claudia Christian Susanne Martin Katharina Markus Monika Frank \
        Lena Daniel Sarah Alexander Laura Sebastian Nicole Jan Stefanie Tobias Birgit Matthias Anja Jürgen Lisa Uwe Heike Florian \
        Ursula Wolfgang Jana Klaus Marie Dirk Karin Philipp Nina Jens Franziska Lukas Andrea Jörg Barbara Maximilian Melanie Günter \
        Elisabeth Björn Simone Götz Käthe Benjamin Vera Hannes Silke Rüdiger Bärbel Moritz Jasmin Ole Hildegard Volker Eva Sönke Zoë",
    last: "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder \
        Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Köhler Herrmann König \
        Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger \
        Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein \
        Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann \
        von_Bergen von_der_Heide Großmann Weißhaupt Übelacker Brüggemann Lindenstrauß Öttinger",
};

const FRENCH: Culture = Culture {
    first: "Jean Marie Pierre Nathalie Michel Isabelle Philippe Sylvie Nicolas Catherine Christophe Valérie Stéphane Sandrine Laurent \
        Céline David Sophie Julien Stéphanie Thomas Camille Frédéric Léa Sébastien Émilie Olivier Hélène François Aurélie Jérôme \
        Chloé Alexandre Manon Guillaume Pauline Éric Mathilde Vincent Anaïs Benoît Juliette André Élodie Raphaël Inès Étienne Agnès \
        Loïc Noémie Gaël Maëlle Cédric Océane Théo Bénédicte Rémi Solène",
    last: "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand \
        Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer \
        Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson \
        Marchand Duval Denis Dumont Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard \
        Barbier Arnaud Martínez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Picard Renaud Aubert Lacroix Bourgeois Hébert \
        de_La_Tour Le_Goff Benoît Crépin Maréchal Prévost Béranger Saint-Germain",
};

const SPANISH: Culture = Culture {
    first: "Antonio María José Carmen Manuel Ana Francisco Isabel David Laura Juan Cristina Javier Marta Daniel Lucía Carlos Elena \
        Jesús Sara Alejandro Paula Miguel Raquel Rafael Sonia Pedro Rosa Ángel Beatriz Pablo Patricia Sergio Silvia Fernando Andrea \
        Jorge Nuria Luis Irene Alberto Inés Álvaro Rocío Adrián Mónica Diego Verónica Raúl Sofía Iván Julia Rubén Lorena Óscar Olga \
        Andrés Esther Víctor Yolanda Ramón Begoña Íñigo Concepción",
    last: "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Hernández Ruiz Díaz Moreno Muñoz \
        Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez Ramos Vázquez Ramírez Gil Serrano Morales Molina Blanco Suárez Castro \
        Ortega Delgado Ortiz Marín Rubio Núñez Medina Sanz Castillo Iglesias Cortés Garrido Santos Guerrero Lozano Cano Cruz Méndez \
        Flores Prieto Herrera Peña León Márquez Cabrera Gallego Calvo Vidal Campos Reyes Vega Fuentes Carrasco Aguilar Caballero Nieto \
        Vargas Pascual Giménez Herrero Hidalgo Montero Lorenzo Santiago Benítez Ibáñez Durán Arias Mora Ferrer Carmona Vicente Soler \
        Crespo Pastor Sáez Velasco Bermúdez Zúñiga de_la_Fuente Echeverría",
};

const ITALIAN: Culture = Culture {
    first: "Giuseppe Maria Marco Anna Andrea Giulia Alessandro Francesca Luca Chiara Francesco Sara Antonio Laura Matteo Valentina \
        Giovanni Elena Roberto Federica Stefano Silvia Davide Martina Paolo Paola Fabio Elisa Simone Alessia Salvatore Giorgia Luigi \
        Barbara Mario Roberta Daniele Ilaria Riccardo Monica Lorenzo Cristina Michele Claudia Pietro Daniela Filippo Beatrice Nicolò \
        Noemi Gabriele Rosa Massimo Caterina Emanuele Irene Giacomo Benedetta",
    last: "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Mancini Costa Giordano Rizzo \
        Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale \
        Lombardo Serra Coppola De_Santis D'Angelo Marchetti Parisi Villa Conte Ferraro Ferri Fabbri Bianco Marini Grasso Valentini \
        Messina Sala De_Angelis Gatti Pellegrini Palumbo Sanna Farina Rizzi Monti Cattaneo Morelli Amato Silvestri Mazza Testa \
        Grassi Pellegrino Carbone Giuliani Benedetti Barone Rossetti Caputo Montanari Guerra Palmieri Bernardi Martino Fiore Ferretti \
        Bellini Basile Riva Donati Piras Vitali Battaglia Sartori Neri Costantini Milani Pagano Ruggiero Sorrentino D'Amico Orlando \
        Damico Negri Mantovani Dalla_Costa Nicolò",
};

const DUTCH: Culture = Culture {
    first: "Jan Maria Peter Anna Hans Johanna Kees Sanne Willem Lisa Pieter Emma Henk Sophie Daan Julia Sem Eva Bram Lotte Thijs Fleur \
        Jeroen Femke Mark Anouk Bas Marieke Ruben Esther Lars Ingrid Joost Monique Tim Petra Maarten Saskia Sander Linda Martijn \
        Daniëlle Wouter Noor Stijn Roos Niels Mirjam Rik Iris Jasper Renée Koen Zoë Gijs Chloë Loïs Raphaël André Régine",
    last: "de_Jong Jansen de_Vries van_den_Berg Bakker van_Dijk Visser Janssen Smit Meijer de_Boer Mulder de_Groot Bos Vos Peters \
        Hendriks van_Leeuwen Dekker Brouwer de_Wit Dijkstra Smits de_Graaf van_der_Meer van_der_Linden Kok Jacobs de_Haan Vermeulen \
        van_den_Heuvel van_der_Veen van_den_Broek de_Bruijn de_Bruin van_der_Heijden Schouten van_Beek Willems van_Vliet van_de_Ven \
        Hoekstra Maas Verhoeven Koster van_Dam van_der_Wal Prins Blom Huisman Peeters de_Jonge Kuipers van_Veen Post Kuiper Veenstra \
        Kramer van_den_Brink Scholten van_Wijk Postma Martens Vink de_Ruiter Timmermans Groen Gerritsen Jonker van_Loon Boer \
        van_der_Velde Willemsen Smeets de_Lange de_Vos Bosch van_Dongen Schipper de_Koning Hermans Evers Coenen Daniëls Böhmer Noël",
};

const NORDIC: Culture = Culture {
    first: "Lars Anna Erik Eva Karl Maria Anders Karin Johan Kristina Per Lena Nils Sara Jan Kerstin Mikael Emma Hans Ingrid Daniel Marie \
        Peter Malin Fredrik Jenny Andreas Hanna Mattias Annika Magnus Linnéa Stefan Susanne Jonas Ulrika Björn Åsa Håkan Märta Göran \
        Sofia Sven Birgitta Gustav Elin Åke Ida Oskar Astrid Viktor Frida Axel Maja Jørgen Søren Øyvind Ragnhild Bjørn Kåre Matilda \
        Tove Väinö Päivi Jukka Riikka",
    last: "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson \
        Bengtsson Jönsson Lindberg Jakobsson Magnusson Olofsson Lindström Lindqvist Lindgren Axelsson Berg Bergström Lundberg Lind \
        Lundgren Lundqvist Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Eklund Danielsson Lundin \
        Håkansson Björk Bergman Gunnarsson Holm Wikström Samuelsson Isaksson Fransson Bergqvist Nyström Holmberg Arvidsson Löfgren \
        Söderberg Nyberg Blomqvist Claesson Nordström Mårtensson Lundström Viklund Björklund Eliasson Berggren Sandström Nordin Ström \
        Åberg Hermansson Ekström Falk Holmgren Hellström Dahlberg Hedlund Sundberg Sjögren Ek Blom Abrahamsson Öberg Martinsson \
        Andreasson Månsson Strömberg Åkesson Hansen Sørensen Kjær Østergård Nygård Bjørnstad Virtanen Mäkinen Hämäläinen",
};

const POLISH: Culture = Culture {
    first: "Piotr Anna Krzysztof Maria Andrzej Katarzyna Tomasz Małgorzata Jan Agnieszka Paweł Barbara Michał Ewa Marcin Magdalena \
        Stanisław Elżbieta Jakub Joanna Adam Krystyna Marek Aleksandra Łukasz Monika Grzegorz Zofia Mateusz Teresa Wojciech Natalia \
        Mariusz Dorota Dariusz Karolina Zbigniew Beata Maciej Jadwiga Rafał Danuta Robert Iwona Kamil Julia Jacek Marta Szymon Renata \
        Bartłomiej Alicja Sławomir Grażyna Wiesław Bożena Przemysław Sylwia",
    last: "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski \
        Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński \
        Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski Witkowski Walczak Sikora \
        Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski Marciniak Jasiński Zawadzki Bąk \
        Jakubowski Sadowski Duda Włodarczyk Wilk Chmielewski Borkowski Sokołowski Szczepański Sawicki Kucharski Lis Maciejewski Kubiak \
        Kalinowski Mazurek Wysocki Kołodziej Kaźmierczak Czarnecki Sobczak Konieczny Urban Głowacki Zakrzewski Wasilewski Sikorski \
        Krajewski Laskowski Ziółkowski Gajewski Mróz Szulc Makowski Brzeziński Baranowski Przybylski Kaczmarczyk Borowski Błaszczyk",
};

const PORTUGUESE: Culture = Culture {
    first: "José Maria António Ana João Margarida Manuel Catarina Francisco Inês Luís Joana Carlos Beatriz Paulo Sofia Pedro Mariana Rui \
        Leonor Miguel Carolina Jorge Rita Fernando Teresa Tiago Isabel Nuno Helena André Marta Ricardo Sara Bruno Patrícia Hugo Cláudia \
        Diogo Susana Gonçalo Sílvia Vítor Mónica Rafael Lúcia Sérgio Sónia Duarte Conceição Tomás Matilde Simão Graça",
    last: "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Jesus Sousa Fernandes Gonçalves Gomes Lopes Marques Alves \
        Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Raposo Neves Coelho \
        Cruz Cunha Pires Ramos Reis Simões Antunes Matos Fonseca Machado Araújo Barbosa Tavares Lourenço Castro Figueiredo Azevedo \
        Freitas Magalhães Henriques Lima Guerreiro Baptista Pinheiro Faria Miranda Barros Morais Nogueira Esteves Anjos Baptista Campos \
        Mota Andrade Brito Sá Nascimento Leite Abreu Borges Melo Vaz Pinho Vicente Gaspar Assunção Maia Moura Valente Carneiro Garcia \
        Domingues Branco Paiva Conceição Brandão Guimarães",
};

const CZECH: Culture = Culture {
    first: "Jiří Marie Jan Jana Petr Eva Josef Hana Pavel Anna Martin Lenka Tomáš Kateřina Jaroslav Věra Miroslav Lucie Zdeněk Alena \
        Václav Petra Michal Veronika František Jaroslava Jakub Tereza Milan Martina Karel Michaela Lukáš Jitka David Helena Vladimír \
        Zdeňka Ondřej Ivana Ladislav Monika Roman Zuzana Marek Markéta Stanislav Božena Radek Šárka Vojtěch Ludmila Dušan Soňa Štěpán",
    last: "Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Pospíšil Marek Hájek Král Jelínek Růžička Beneš \
        Fiala Sedláček Doležal Zeman Kolář Navrátil Čermák Vaněk Urban Blažek Kříž Kovář Bartoš Vlček Kopecký Musil Šimek Polák Konečný \
        Malý Čech Štěpánek Kadlec Staněk Holub Šťastný Kratochvíl Soukup Mareš Sýkora Moravec Tichý Bureš Vávra Matoušek Říha Ševčík \
        Bláha Dušek Hruška Mašek Pavlík Hrubý Havlíček Toman Janda Mach Liška Beran Valenta Machala Hudec Strnad Zach Krejčí Bednář Tůma",
};

const INDIAN: Culture = Culture {
    first: "Rahul Priya Amit Anjali Sanjay Neha Rajesh Pooja Vijay Kavita Anil Sunita Suresh Deepa Ravi Meera Arjun Lakshmi Vikram Anita \
        Rohan Shreya Karthik Divya Manish Nisha Arun Rekha Ashok Swati Nikhil Asha Prakash Geeta Harish Maya Gaurav Aditi Naveen Ritu",
    last: "Sharma Patel Singh Kumar Gupta Reddy Mehta Nair Iyer Joshi Shah Rao Verma Desai Agarwal Chopra Kapoor Malhotra Menon Pillai \
        Bhatt Saxena Trivedi Mishra Pandey Chatterjee Banerjee Mukherjee Das Ghosh Sinha Kulkarni Naidu Bose Sethi Khanna Bhatia \
        Krishnan Subramanian Venkataraman Parekh Chauhan Thakur Yadav",
};

const TURKISH: Culture = Culture {
    first: "Mehmet Fatma Mustafa Ayşe Ahmet Emine Ali Hatice Hüseyin Zeynep Hasan Elif İbrahim Meryem Murat Şerife Ömer Zehra Osman Sultan \
        Yusuf Merve Emre Özlem Gökhan Gül Çağlar Büşra Uğur Derya Onur Ebru Barış Pınar Tolga Şeyma Burak Tuğba",
    last: "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek \
        Polat Özcan Korkmaz Çakır Erdoğan Güneş Yavuz Can Acar Aktaş Güler Yalçın Bulut Keskin Ünal Turan Gül Özer Işık Kaplan Avcı Sarı",
};

const JAPANESE: Culture = Culture {
    first: "蓮=Ren 陽菜=Hina 大輔=Daisuke 美咲=Misaki 健太=Kenta 葵=Aoi 翔太=Shota さくら=Sakura 拓也=Takuya 結衣=Yui 誠=Makoto 愛=Ai \
        直樹=Naoki 恵子=Keiko 健=Ken 由美=Yumi 修=Osamu 真由美=Mayumi 隆=Takashi 裕子=Yuko 学=Manabu 久美子=Kumiko 剛=Tsuyoshi 直美=Naomi \
        悠斗=Yuto 七海=Nanami 亮=Ryo 香織=Kaori 一郎=Ichiro 花子=Hanako 浩=Hiroshi 智子=Tomoko 和也=Kazuya 彩=Aya",
    last: "佐藤=Sato 鈴木=Suzuki 高橋=Takahashi 田中=Tanaka 伊藤=Ito 渡辺=Watanabe 山本=Yamamoto 中村=Nakamura 小林=Kobayashi 加藤=Kato \
        吉田=Yoshida 山田=Yamada 佐々木=Sasaki 山口=Yamaguchi 松本=Matsumoto 井上=Inoue 木村=Kimura 林=Hayashi 斎藤=Saito 清水=Shimizu \
        山崎=Yamazaki 森=Mori 池田=Ikeda 橋本=Hashimoto 阿部=Abe 石川=Ishikawa 山下=Yamashita 中島=Nakajima 石井=Ishii 小川=Ogawa \
        前田=Maeda 岡田=Okada 長谷川=Hasegawa 藤田=Fujita 後藤=Goto 近藤=Kondo 村上=Murakami 遠藤=Endo 青木=Aoki 坂本=Sakamoto",
};

const CYRILLIC: Culture = Culture {
    first: "Олександр=Oleksandr Олена=Olena Андрій=Andrii Наталія=Nataliia Сергій=Serhii Ірина=Iryna Дмитро=Dmytro Оксана=Oksana \
        Володимир=Volodymyr Тетяна=Tetiana Іван=Ivan Юлія=Yuliia Михайло=Mykhailo Катерина=Kateryna Віктор=Viktor Марія=Mariia \
        Ярослав=Yaroslav Світлана=Svitlana Богдан=Bohdan Людмила=Liudmyla Тарас=Taras Галина=Halyna Петро=Petro Софія=Sofiia \
        Роман=Roman Вікторія=Viktoriia Максим=Maksym Дарина=Daryna Георги=Georgi Мария=Maria Димитър=Dimitar Елена=Elena Николай=Nikolay",
    last: "Шевченко=Shevchenko Коваленко=Kovalenko Бондаренко=Bondarenko Ткаченко=Tkachenko Кравченко=Kravchenko Ковальчук=Kovalchuk \
        Олійник=Oliinyk Шевчук=Shevchuk Коваль=Koval Поліщук=Polishchuk Бондар=Bondar Ткачук=Tkachuk Мороз=Moroz Марченко=Marchenko \
        Лисенко=Lysenko Руденко=Rudenko Савченко=Savchenko Петренко=Petrenko Кравчук=Kravchuk Клименко=Klymenko Павленко=Pavlenko \
        Іваненко=Ivanenko Мельник=Melnyk Гаврилюк=Havryliuk Панченко=Panchenko Харченко=Kharchenko Карпенко=Karpenko Сидоренко=Sydorenko \
        Романюк=Romaniuk Литвин=Lytvyn Мазур=Mazur Кушнір=Kushnir Димитров=Dimitrov Петров=Petrov Стоянов=Stoyanov Тодоров=Todorov",
};

const ARABIC: Culture = Culture {
    first: "محمد=Mohammed فاطمة=Fatima أحمد=Ahmed مريم=Mariam علي=Ali عائشة=Aisha حسن=Hassan زينب=Zainab خالد=Khaled سارة=Sara عمر=Omar \
        نور=Nour يوسف=Youssef ليلى=Layla إبراهيم=Ibrahim هدى=Huda عبد_الله=Abdullah سلمى=Salma مصطفى=Mustafa رانيا=Rania طارق=Tariq \
        دينا=Dina كريم=Karim ياسمين=Yasmin سامي=Sami لينا=Lina ماجد=Majid منى=Mona",
    last: "العلي=Al-Ali الحسن=Al-Hassan حداد=Haddad منصور=Mansour خوري=Khoury النجار=Al-Najjar السيد=Al-Sayed الخطيب=Al-Khatib \
        صالح=Saleh ناصر=Nasser حمدان=Hamdan الشامي=Al-Shami عبود=Abboud قاسم=Qasim يعقوب=Yacoub سليمان=Suleiman الأنصاري=Al-Ansari \
        فارس=Fares الراشد=Al-Rashid الهاشمي=Al-Hashimi جابر=Jaber سعيد=Said عيسى=Issa بكري=Bakri زيدان=Zidan شاهين=Shaheen المصري=Al-Masri",
};

const GREEK: Culture = Culture {
    first: "Γιώργος=Giorgos Μαρία=Maria Δημήτρης=Dimitris Ελένη=Eleni Γιάννης=Giannis Κατερίνα=Katerina Νίκος=Nikos Βασιλική=Vasiliki \
        Κώστας=Kostas Σοφία=Sofia Παναγιώτης=Panagiotis Αγγελική=Angeliki Χρήστος=Christos Γεωργία=Georgia Βασίλης=Vasilis \
        Δήμητρα=Dimitra Θανάσης=Thanasis Ιωάννα=Ioanna Μιχάλης=Michalis Ειρήνη=Irini Ανδρέας=Andreas Αναστασία=Anastasia",
    last: "Παπαδόπουλος=Papadopoulos Βλάχος=Vlachos Αγγελόπουλος=Angelopoulos Νικολαΐδης=Nikolaidis Γεωργίου=Georgiou Πέτρου=Petrou \
        Δημητρίου=Dimitriou Οικονόμου=Oikonomou Παππάς=Pappas Καραγιάννης=Karagiannis Μακρής=Makris Αντωνίου=Antoniou \
        Κωνσταντίνου=Konstantinou Ιωάννου=Ioannou Χατζής=Chatzis Σταύρου=Stavrou Λάμπρου=Lambrou Θεοδώρου=Theodorou \
        Αλεξίου=Alexiou Μιχαηλίδης=Michailidis Ζαχαρίου=Zachariou Παναγιώτου=Panagiotou Σωτηρίου=Sotiriou Κόκκινος=Kokkinos",
};

const KOREAN: Culture = Culture {
    first: "민준=Minjun 서연=Seoyeon 지훈=Jihoon 지우=Jiwoo 현우=Hyunwoo 수빈=Subin 도윤=Doyun 하은=Haeun 준호=Junho 지민=Jimin 성민=Seongmin \
        민지=Minji 영호=Youngho 유진=Yujin 상훈=Sanghoon 은지=Eunji 동현=Donghyun 혜진=Hyejin 재현=Jaehyun 수진=Sujin 태영=Taeyoung 미영=Miyoung \
        철수=Cheolsu 영희=Younghee",
    last: "김=Kim 이=Lee 박=Park 최=Choi 정=Jung 강=Kang 조=Cho 윤=Yoon 장=Jang 임=Lim 한=Han 오=Oh 서=Seo 신=Shin 권=Kwon 황=Hwang 안=Ahn \
        송=Song 전=Jeon 홍=Hong 유=Yoo 고=Ko 문=Moon 양=Yang 손=Son 배=Bae 백=Baek 허=Heo 남=Nam 심=Shim 노=Noh 하=Ha 곽=Kwak 성=Sung",
};

/// How first names are shortened among colleagues: the long form, then the short one.
pub const SHORT_FORMS: &[(&str, &str)] = &[
    ("James", "Jim"),
    ("Jennifer", "Jen"),
    ("Robert", "Bob"),
    ("Michael", "Mike"),
    ("Elizabeth", "Liz"),
    ("William", "Bill"),
    ("Susan", "Sue"),
    ("David", "Dave"),
    ("Richard", "Rick"),
    ("Joseph", "Joe"),
    ("Thomas", "Tom"),
    ("Charles", "Charlie"),
    ("Christopher", "Chris"),
    ("Daniel", "Dan"),
    ("Matthew", "Matt"),
    ("Anthony", "Tony"),
    ("Andrew", "Andy"),
    ("Steven", "Steve"),
    ("Rebecca", "Becky"),
    ("Edward", "Ted"),
    ("Samuel", "Sam"),
    ("Benjamin", "Ben"),
    ("Margaret", "Maggie"),
    ("Katherine", "Kate"),
    ("Patrick", "Paddy"),
    ("Victoria", "Vicky"),
    ("Nicholas", "Nick"),
    ("Nathaniel", "Nat"),
    ("Josephine", "Josie"),
    ("Katharina", "Kathi"),
    ("Alexander", "Alex"),
    ("Sebastian", "Basti"),
    ("Stefanie", "Steffi"),
    ("Maximilian", "Max"),
    ("Susanne", "Susi"),
    ("Matthias", "Matze"),
    ("Franziska", "Franzi"),
    ("Johanna", "Hanna"),
    ("Philippe", "Phil"),
    ("Nicolas", "Nico"),
    ("Alexandre", "Alex"),
    ("Francisco", "Paco"),
    ("Manuel", "Manolo"),
    ("Alejandro", "Álex"),
    ("Isabel", "Isa"),
    ("Giuseppe", "Beppe"),
    ("Alessandro", "Sandro"),
    ("Francesca", "Franci"),
    ("Salvatore", "Totò"),
    ("Willem", "Wim"),
    ("Katarzyna", "Kasia"),
    ("Małgorzata", "Gosia"),
    ("Agnieszka", "Aga"),
    ("Krzysztof", "Krzysiek"),
    ("Fredrik", "Frede"),
    ("Kristina", "Kicki"),
    ("Oleksandr", "Sasha"),
];
