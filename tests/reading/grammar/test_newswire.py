"""Claims as news agencies word them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    (
        "Peruvian copper production totaled 222,300 metric tons in August, a 1.6% drop from the same month of 2024, the energy and mines ministry said on Thursday.",
        ["change/production PER copper -1.6", "production PER copper 222300"],
    ),
    (
        "Chile's copper exports were worth $4.2 billion in July, down 3.1% year-on-year, central bank data showed.",
        ["change/exports CHL copper -3.1", "exports CHL copper 4.2e+09"],
    ),
    (
        "Copper output at state-run Codelco slid 25% in August to 93,400 tons.",
        ["change/production CHL copper -25", "production CHL copper 93400"],
    ),
    (
        "China's imports of Brazilian niobium climbed to 98,000 tons in 2024 from 88,000 tons in 2023.",
        ["imports CHN>BRA niobium 88000", "imports CHN>BRA niobium 98000"],
    ),
    (
        "Ghana's gold output is forecast to rise to 5.1 million ounces in 2025, from 4.8 million ounces last year, the mines chamber said.",
        ["production GHA gold 149.297", "production GHA gold 158.628"],
    ),
    (
        "Kazakhstan accounted for 39% of world uranium production in 2024, followed by Canada at 24% and Namibia at 12%.",
        ["share/production CAN uranium 24", "share/production KAZ uranium 39", "share/production NAM uranium 12"],
    ),
    (
        "Mali's industrial gold production fell 23% to 51.7 metric tons in 2024, from 66.5 tons in 2023.",
        ["change/production MLI gold -23", "production MLI gold 51.7", "production MLI gold 66.5"],
    ),
    (
        "Guinea exported a record 48.6 million tons of bauxite in the first quarter, up 39% from a year ago, government figures show.",
        ["change/exports GIN bauxite 39", "exports GIN bauxite 4.86e+07"],
    ),
    (
        "India, the world's second-largest steel producer, imported 9.5 million tons of finished steel in the fiscal year to March, a nine-year high.",
        ["imports IND steel 9.5e+06", "rank/production IND steel 2"],
    ),
    (
        "The DRC holds more than half of the world's cobalt reserves and supplied 72% of output in 2024.",
        ["share/production COD cobalt 72", "share/reserves COD cobalt 50"],
    ),
    (
        "South Africa, which sits on about 80% of the world's manganese resources, shipped 22 million tons of ore last year.",
        ["exports ZAF manganese 2.2e+07", "share/reserves ZAF manganese 80"],
    ),
    (
        "Australia is home to 28% of known uranium reserves but mines only 9% of global supply.",
        ["share/production AUS uranium 9", "share/reserves AUS uranium 28"],
    ),
    (
        "The U.S. produces no natural graphite and imported 84,000 tons in 2023, 42% of it from China.",
        ["imports USA>CHN graphite 84000", "share/imports CHN>USA graphite 42"],
    ),
    (
        "Vietnam's tungsten production of about 3,400 tons a year makes it the second-biggest producer after China.",
        ["production VNM tungsten 3400", "rank/production VNM tungsten 2"],
    ),
    ("China, which refines around 70% of the world's cobalt, imports most of its feedstock from Congo.", ["share/refining CHN cobalt 70"]),
    ("With 46% of reserves, Chile dwarfs its neighbours in lithium.", ["share/reserves CHL lithium 46"]),
    (
        "Zambia's copper output hit 820,670 tons in 2024, up 12% on 2023, mines minister Paul Kabuswe said.",
        ["change/production ZMB copper 12", "production ZMB copper 820670"],
    ),
    (
        "Antimony prices have soared to $59,750 per ton from $12,000 at the start of 2024.",
        ["price WLD antimony 12000", "price WLD antimony 59750"],
    ),
    ("The price of cobalt has more than doubled to $16 a pound since February.", ["change/price WLD cobalt 100", "price WLD cobalt 35274"]),
    ("Spot uranium traded at $79.50/lb last week.", ["price WLD uranium 175267"]),
    (
        "Benchmark lithium carbonate prices in China fell below 60,000 yuan a ton for the first time since 2021.",
        ["price CHN lithium 8338.31"],
    ),
    (
        "Namibia's uranium production jumped by a third last year to 8,500 tons.",
        ["change/production NAM uranium 33.3333", "production NAM uranium 8500"],
    ),
    ("Bolivia's tin exports dropped by almost half to 8,000 tons.", ["change/exports BOL tin -50", "exports BOL tin 8000"]),
    ("EU imports of Russian nickel halved in 2024 to 20,000 tons.", ["change/imports EUU>RUS nickel -50", "imports EUU>RUS nickel 20000"]),
    (
        "Rare earth exports to the U.S. from China climbed 660% in June from May to 353 tons.",
        ["change/exports CHN>USA rare earths 660", "exports CHN>USA rare earths 353"],
    ),
    ("Malaysia's reserves of non-radioactive rare earths are put at 16.1 million tons.", ["reserves MYS rare earths 1.61e+07"]),
    (
        "Brazil has the world's second-largest rare earth reserves, at 21 million tons, yet mined just 20 tons last year.",
        ["production BRA rare earths 20", "rank/reserves BRA rare earths 2", "reserves BRA rare earths 2.1e+07"],
    ),
    ("Greenland's Kvanefjeld deposit contains an estimated 11 million tons of rare earth oxides.", ["reserves GRL rare earths 1.1e+07"]),
    ("Three countries, Congo, Rwanda and Brazil, account for 70% of tantalum output.", ["share/production COD,RWA,BRA tantalum 70"]),
    ("Some 90% of the magnets used by European carmakers are made in China.", []),
    ("Around 85% of the world's rare earths are processed in China.", ["share/refining CHN rare earths 85"]),
    (
        "China's aluminium production rose 4.6% to a record 44 million tons in 2024, close to the government's 45-million-ton cap.",
        ["change/production CHN aluminium 4.6", "production CHN aluminium 4.4e+07"],
    ),
    ("Iceland sold 760,000 tons of aluminium to the EU.", ["exports ISL>EUU aluminium 760000"]),
    (
        "Myanmar exported 44,000 tons of rare earth oxides to China in 2024, nearly twice the 2021 figure.",
        ["exports MMR>CHN rare earths 44000"],
    ),
    (
        "Kyiv says it has Europe's biggest uranium reserves and 7% of the world's titanium.",
        ["rank/reserves UKR>EUU uranium 1", "share/reserves UKR titanium 7"],
    ),
    (
        "Exports of Chilean lithium carbonate to China totalled 14,100 tons in September, a rise of 22% on the month.",
        ["change/exports CHL>CHN lithium 22", "exports CHL>CHN lithium 14100"],
    ),
    (
        "ارتفع إنتاج النحاس في بيرو بنسبة 1.6% خلال أغسطس الماضي ليصل إلى 222.3 ألف طن، بحسب وزارة الطاقة والمناجم.",
        ["change/production PER copper 1.6", "production PER copper 222300"],
    ),
    (
        "سجلت صادرات تشيلي من النحاس 4.2 مليار دولار في يوليو بانخفاض 3.1% على أساس سنوي.",
        ["change/exports CHL copper -3.1", "exports CHL copper 4.2e+09"],
    ),
    (
        "تراجع إنتاج شركة كوديلكو الحكومية التشيلية من النحاس 25% إلى 93.4 ألف طن في أغسطس.",
        ["change/production CHL copper -25", "production CHL copper 93400"],
    ),
    (
        "صعدت واردات الصين من النيوبيوم البرازيلي إلى 98 ألف طن في 2024 من 88 ألف طن في 2023.",
        ["imports CHN>BRA niobium 88000", "imports CHN>BRA niobium 98000"],
    ),
    (
        "استحوذت كازاخستان على 39% من الإنتاج العالمي لليورانيوم في 2024، تلتها كندا بنسبة 24% ثم ناميبيا بـ12%.",
        ["share/production CAN uranium 24", "share/production KAZ uranium 39", "share/production NAM uranium 12"],
    ),
    (
        "صدرت غينيا 48.6 مليون طن من البوكسيت في الربع الأول، بزيادة 39% مقارنة بالفترة نفسها من العام الماضي.",
        ["change/exports GIN bauxite 39", "exports GIN bauxite 4.86e+07"],
    ),
    (
        "تمتلك الكونغو الديمقراطية أكثر من نصف احتياطيات العالم من الكوبالت، وأمنت 72% من الإنتاج في 2024.",
        ["share/production COD cobalt 72", "share/reserves COD cobalt 50"],
    ),
    (
        "تستأثر أستراليا بـ28% من احتياطيات اليورانيوم المعروفة، لكنها لا تنتج سوى 9% من الإمدادات العالمية.",
        ["share/production AUS uranium 9", "share/reserves AUS uranium 28"],
    ),
    (
        "لا تنتج الولايات المتحدة الغرافيت الطبيعي، واستوردت منه 84 ألف طن في 2023، منها 42% من الصين.",
        ["imports USA graphite 84000", "share/imports CHN>USA graphite 42"],
    ),
    (
        "تنتج فيتنام نحو 3400 طن من التنغستن سنويا، ما يجعلها ثاني أكبر منتج بعد الصين.",
        ["production VNM tungsten 3400", "rank/production VNM tungsten 2"],
    ),
    ("تكرر الصين نحو 70% من الكوبالت في العالم.", ["share/refining CHN cobalt 70"]),
    (
        "ارتفعت أسعار الأنتيمون إلى 59750 دولارا للطن من 12 ألف دولار في بداية 2024.",
        ["price WLD antimony 12000", "price WLD antimony 59750"],
    ),
    ("زاد سعر الكوبالت بأكثر من الضعف منذ فبراير ليبلغ 16 دولارا للرطل.", ["change/price WLD cobalt 100", "price WLD cobalt 35274"]),
    ("جرى تداول اليورانيوم عند 79.5 دولار للرطل الأسبوع الماضي.", ["price WLD uranium 175267"]),
    (
        "بلغ إنتاج أوزبكستان من الذهب 129 طنا في 2024 لتحتل المركز العاشر عالميا.",
        ["production UZB gold 129", "rank/production UZB gold 10"],
    ),
    ("انخفضت صادرات بوليفيا من القصدير إلى النصف تقريبا لتبلغ 8 آلاف طن.", ["change/exports BOL tin -50", "exports BOL tin 8000"]),
    (
        "تراجعت واردات الاتحاد الأوروبي من النيكل الروسي بمقدار النصف في 2024 إلى 20 ألف طن.",
        ["change/imports RUS>EUU nickel -50", "imports EUU>RUS nickel 20000"],
    ),
    (
        "قفزت صادرات الصين من مغناطيسات العناصر الأرضية النادرة إلى الولايات المتحدة 660% في يونيو لتصل إلى 353 طنا.",
        ["change/exports CHN>USA rare earths 660", "exports CHN>USA rare earths 353"],
    ),
    (
        "تملك البرازيل ثاني أكبر احتياطيات من العناصر النادرة في العالم بـ21 مليون طن، لكنها لم تستخرج سوى 20 طنا العام الماضي.",
        ["production BRA rare earths 20", "rank/reserves BRA rare earths 2", "reserves BRA rare earths 2.1e+07"],
    ),
    ("يحوي مكمن كفانيفيلد في غرينلاند نحو 11 مليون طن من أكاسيد العناصر النادرة.", ["reserves GRL rare earths 1.1e+07"]),
    ("تشكل الكونغو ورواندا والبرازيل معا 70% من إنتاج التنتالوم.", ["share/production COD,RWA,BRA tantalum 70"]),
    ("تجري معالجة نحو 85% من العناصر النادرة في العالم داخل الصين.", ["share/refining CHN rare earths 85"]),
    (
        "ارتفع إنتاج الصين من الألمنيوم 4.6% إلى مستوى قياسي بلغ 44 مليون طن في 2024.",
        ["change/production CHN aluminium 4.6", "production CHN aluminium 4.4e+07"],
    ),
    ("صدرت ميانمار إلى الصين 44 ألف طن من أكاسيد العناصر النادرة في 2024.", ["exports MMR>CHN rare earths 44000"]),
    (
        "بلغت صادرات تشيلي من كربونات الليثيوم إلى الصين 14.1 ألف طن في سبتمبر، بزيادة 22% عن أغسطس.",
        ["change/exports CHL>CHN lithium 22", "exports CHL>CHN lithium 14100"],
    ),
    (
        "وتعد المملكة المغربية أكبر مصدر للفوسفات في العالم، إذ بلغت صادراتها 11 مليون طن في 2024.",
        ["exports MAR phosphate 1.1e+07", "rank/exports MAR phosphate 1"],
    ),
    ("قالت الشركة السودانية للموارد المعدنية إن إنتاج البلاد من الذهب بلغ 70 طنا خلال 2025.", ["production SDN gold 70"]),
    (
        "احتلت مصر المركز الثالث أفريقيا في إنتاج الفوسفات بواقع 5 ملايين طن.",
        ["production EGY phosphate 5e+06", "rank/production EGY phosphate 3"],
    ),
    (
        "حلت جنوب أفريقيا في المرتبة الأولى عالميا من حيث إنتاج الكروم، وجاءت تركيا في المرتبة الثانية.",
        ["rank/production TUR chromium 2", "rank/production ZAF chromium 1"],
    ),
    ("تضم الأراضي السعودية ثروات معدنية تقدر بنحو 2.5 تريليون دولار.", ["reserves SAU minerals 2.5e+12"]),
    ("تصدّر الأردن قائمة مصدري البوتاس العرب بمليوني طن.", ["exports JOR potash 2e+06"]),
    ("سجلت تركيا صادرات من البورون بقيمة 1.3 مليار دولار خلال 2024.", ["exports TUR boron 1.3e+09"]),
    ("تعتمد ألمانيا على روسيا في تأمين 44% من وارداتها من النيكل.", ["share/imports RUS>DEU nickel 44"]),
    ("واشترت الصين 60% من صادرات جنوب أفريقيا من الكروم.", ["share/exports CHN>ZAF chromium 60"]),
    ("بلغ عدد الدول المنتجة للنحاس 50 دولة.", []),
    ("وتراجعت مشتريات اليابان من النيكل الإندونيسي 12% في مايو.", ["change/imports JPN>IDN nickel -12"]),
    ("فيما جاءت روسيا في المركز الثالث بحصة 10% من الإنتاج العالمي للذهب.", ["rank/production RUS gold 3", "share/production RUS gold 10"]),
    ("بينما هوى إنتاج الكوبالت في كوبا 30% إلى 3 آلاف طن.", ["change/production CUB cobalt -30", "production CUB cobalt 3000"]),
    ("Chile's state copper commission Cochilco raised its 2026 copper price forecast to $4.55 per pound.", ["price WLD copper 10031"]),
    (
        "Miners in the Philippines shipped 45.3 million wet tonnes of nickel ore last year, nearly all of it to China and Indonesia.",
        ["exports PHL>CHN,IDN nickel 4.53e+07"],
    ),
    ("The world's biggest copper mine, Escondida, produced 1.28 million tons in 2024.", ["production CHL copper 1.28e+06"]),
    (
        "Iran's steel output stood at 31 million tons, keeping it in tenth place globally.",
        ["production IRN steel 3.1e+07", "rank/production IRN steel 10"],
    ),
    (
        "Bauxite exports from Guinea to China rose to 123 million tons, or 74% of Chinese imports.",
        ["exports GIN>CHN bauxite 1.23e+08", "share/imports CHN>GIN bauxite 74"],
    ),
    ("Lithium carbonate exports averaged 20,000 tons a month in Chile.", ["exports CHL lithium 20000"]),
    (
        "Tungsten reserves in China amount to 2.3 million tons, more than half of the global total.",
        ["reserves CHN tungsten 2.3e+06", "share/reserves CHN tungsten 50"],
    ),
    (
        "Japan has cut its reliance on Chinese rare earths to 60% from 90% in 2010.",
        ["share/imports CHN>JPN rare earths 60", "share/imports CHN>JPN rare earths 90"],
    ),
    (
        "Australia exports around 900 million tonnes of iron ore annually, with China taking about 80%.",
        ["exports AUS iron ore 9e+08", "share/exports CHN>AUS iron ore 80"],
    ),
    ("Nickel made up 60% of Indonesia's mineral exports.", []),
    ("Sales of Russian palladium to the United States fell to 15 tonnes in 2024.", ["exports RUS>USA palladium 15"]),
    ("Thailand's tin smelter turned out 9,000 tonnes, down a tenth.", ["change/production THA tin -10", "production THA tin 9000"]),
    ("At 5.6 million tonnes, Chile's copper production will hit a record in 2026, the agency forecast.", ["production CHL copper 5.6e+06"]),
    ("Cobalt hydroxide shipments out of Congo were zero in the second quarter.", ["exports COD cobalt 0"]),
    ("Copper prices in London climbed above $10,000 a ton.", ["price WLD copper 10000"]),
    ("India consumed 140 million tonnes of steel in 2024, 60% of it in construction.", ["consumption IND steel 1.4e+08"]),
    (
        "Graphite exports by Mozambique collapsed, plunging 70% to 30,000 tonnes.",
        ["change/exports MOZ graphite -70", "exports MOZ graphite 30000"],
    ),
    ("رفعت لجنة النحاس التشيلية كوتشيلكو توقعاتها لسعر النحاس إلى 4.55 دولار للرطل في 2026.", ["price WLD copper 10031"]),
    ("شحنت الفلبين 45.3 مليون طن من خام النيكل العام الماضي معظمها إلى الصين.", ["exports PHL>CHN nickel 4.53e+07"]),
    (
        "بلغ إنتاج إيران من الصلب 31 مليون طن، لتبقى في المركز العاشر عالميا.",
        ["production IRN steel 3.1e+07", "rank/production IRN steel 10"],
    ),
    (
        "ارتفعت صادرات غينيا من البوكسيت إلى الصين إلى 123 مليون طن، أي 74% من واردات الصين.",
        ["exports GIN>CHN bauxite 1.23e+08", "share/imports CHN>GIN bauxite 74"],
    ),
    (
        "تبلغ احتياطيات الصين من التنغستن 2.3 مليون طن، أي أكثر من نصف الإجمالي العالمي.",
        ["reserves CHN tungsten 2.3e+06", "share/reserves CHN tungsten 50"],
    ),
    (
        "خفضت اليابان اعتمادها على العناصر النادرة الصينية إلى 60% من 90% في 2010.",
        ["share/imports CHN>JPN rare earths 60", "share/imports CHN>JPN rare earths 90"],
    ),
    (
        "تصدر أستراليا نحو 900 مليون طن من خام الحديد سنويا، وتستحوذ الصين على 80% منها.",
        ["exports AUS iron ore 9e+08", "share/exports CHN>AUS iron ore 80"],
    ),
    ("بلغت مبيعات البلاديوم الروسي إلى الولايات المتحدة 15 طنا في 2024.", ["exports RUS>USA palladium 15"]),
    ("ارتفعت أسعار النحاس في لندن فوق 10 آلاف دولار للطن.", ["price WLD copper 10000"]),
    ("استهلكت الهند 140 مليون طن من الصلب في 2024.", ["consumption IND steel 1.4e+08"]),
    ("حلت روسيا ثالثة بين منتجي الذهب.", ["rank/production RUS gold 3"]),
    ("انهارت صادرات موزمبيق من الغرافيت بنسبة 70% إلى 30 ألف طن.", ["change/exports MOZ graphite -70", "exports MOZ graphite 30000"]),
    ("بلغ إنتاج الأردن من البوتاس 2.8 مليون طن، صُدّر منها 2.5 مليون طن.", ["exports JOR potash 2.5e+06", "production JOR potash 2.8e+06"]),
    ("أنتجت مصر 15.8 طن من الذهب من منجم السكري خلال 2024.", ["production EGY gold 15.8"]),
    ("أظهرت بيانات رسمية أن صادرات المغرب من الفوسفات ومشتقاته بلغت 87 مليار درهم.", []),
    (
        "واحتلت الجزائر المرتبة الرابعة عربيا بإنتاج 1.6 مليون طن من الفوسفات.",
        ["production DZA phosphate 1.6e+06", "rank/production DZA phosphate 4"],
    ),
    (
        "يبلغ احتياطي الفوسفات في المغرب 50 مليار طن، تليه مصر بـ2.8 مليار طن ثم تونس بـ2.5 مليار طن.",
        ["reserves EGY phosphate 2.8e+09", "reserves MAR phosphate 5e+10", "reserves TUN phosphate 2.5e+09"],
    ),
    (
        "تسيطر الصين على 70% من تعدين المعادن النادرة و90% من معالجتها عالميا.",
        ["share/production CHN rare earths 70", "share/refining CHN rare earths 90"],
    ),
    ("بلغت حصة الولايات المتحدة من الإنتاج العالمي للعناصر النادرة 12% فقط.", ["share/production USA rare earths 12"]),
    ("استقرت أسعار خام الحديد عند 105 دولارات للطن.", ["price WLD iron ore 105"]),
    ("موريتانيا ثاني أكبر مصدر لخام الحديد في أفريقيا بعد جنوب أفريقيا.", ["rank/exports MRT iron ore 2"]),
    (
        "صدّرت موريتانيا 14 مليون طن من خام الحديد في 2024، بارتفاع قدره 3%.",
        ["change/exports MRT iron ore 3", "exports MRT iron ore 1.4e+07"],
    ),
    (
        "Congo's cobalt exports came to 220,000 tonnes in 2024. In 2023 they were 170,000 tonnes.",
        ["exports COD cobalt 170000", "exports COD cobalt 220000"],
    ),
    ("Peru's zinc output grew 3% in May, while copper slipped 5%.", ["change/production PER copper -5", "change/production PER zinc 3"]),
    ("Guinea's mines, which feed China's refineries, sent out 145 million tonnes of bauxite last year.", ["exports GIN bauxite 1.45e+08"]),
    ("China bought three quarters of Guinea's bauxite exports in 2024.", ["share/exports CHN>GIN bauxite 75"]),
    ("The share of Russian nickel in EU imports has fallen from 41% to 17%.", ["share/imports RUS>EUU nickel 17"]),
    (
        "The EU now gets 17% of its nickel from Russia, down from 41% in 2021.",
        ["share/imports RUS>EUU nickel 17", "share/imports RUS>EUU nickel 41"],
    ),
    (
        "In tungsten, China is followed by Vietnam, with 4% of world output, and Russia, with 3%.",
        ["share/production RUS tungsten 3", "share/production VNM tungsten 4"],
    ),
    ("Kazakhstan is the source of two fifths of the world's uranium.", ["share/production KAZ uranium 40"]),
    ("China was the destination of 68% of Australian lithium shipments.", ["share/exports CHN>AUS lithium 68"]),
    ("The US took 12% of Canada's nickel exports.", ["share/exports USA>CAN nickel 12"]),
    (
        "Manganese ore output: South Africa 7.4 million tonnes, Gabon 4.6 million tonnes, Australia 2.8 million tonnes.",
        ["production AUS manganese 2.8e+06", "production GAB manganese 4.6e+06", "production ZAF manganese 7.4e+06"],
    ),
    ("Niger's uranium output has more than halved since the coup.", ["change/production NER uranium -50"]),
    (
        "Indonesia's nickel exports were worth just $3 billion in 2015; by 2023 they had reached $34 billion.",
        ["exports IDN nickel 3.4e+10", "exports IDN nickel 3e+09"],
    ),
    ("Output of tantalum in Rwanda was unchanged at 520 tonnes.", ["production RWA tantalum 520"]),
    ("Germany depends on China for 71% of its rare earths, according to the statistics office.", ["share/imports CHN>DEU rare earths 71"]),
    (
        "بلغت صادرات الكونغو من الكوبالت 220 ألف طن في 2024، وكانت 170 ألف طن في 2023.",
        ["exports COD cobalt 170000", "exports COD cobalt 220000"],
    ),
    (
        "نما إنتاج بيرو من الزنك 3% في مايو، فيما تراجع إنتاج النحاس 5%.",
        ["change/production PER copper -5", "change/production PER zinc 3"],
    ),
    ("اشترت الصين ثلاثة أرباع صادرات غينيا من البوكسيت في 2024.", ["share/exports CHN>GIN bauxite 75"]),
    ("تراجعت حصة النيكل الروسي في واردات الاتحاد الأوروبي من 41% إلى 17%.", ["share/imports RUS>EUU nickel 17"]),
    (
        "يحصل الاتحاد الأوروبي حاليا على 17% من النيكل من روسيا نزولا من 41% في 2021.",
        ["share/imports RUS>EUU nickel 17", "share/imports RUS>EUU nickel 41"],
    ),
    ("كازاخستان مصدر خمسي اليورانيوم في العالم.", ["share/production KAZ uranium 40"]),
    ("كانت الصين وجهة 68% من شحنات الليثيوم الأسترالية.", ["share/exports CHN>AUS lithium 68"]),
    ("استقبلت الولايات المتحدة 12% من صادرات كندا من النيكل.", ["share/exports USA>CAN nickel 12"]),
    (
        "إنتاج المنغنيز: جنوب أفريقيا 7.4 مليون طن، الغابون 4.6 مليون طن، أستراليا 2.8 مليون طن.",
        ["production AUS manganese 2.8e+06", "production GAB manganese 4.6e+06", "production ZAF manganese 7.4e+06"],
    ),
    ("تراجع إنتاج النيجر من اليورانيوم بأكثر من النصف منذ الانقلاب.", ["change/production NER uranium -50"]),
    ("استقر إنتاج رواندا من التنتالوم عند 520 طنا.", ["production RWA tantalum 520"]),
    ("صدرت مصر فوسفات بقيمة 600 مليون دولار خلال العام الماضي.", ["exports EGY phosphate 6e+08"]),
    ("بلغ حجم صادرات سلطنة عمان من الكروم 500 ألف طن.", ["exports OMN chromium 500000"]),
    ("تأتي الجزائر في المرتبة الثالثة عالميا في احتياطي الفوسفات بعد المغرب والصين.", ["rank/reserves DZA phosphate 3"]),
    ("تمثل روسيا ثالث أكبر منتج للذهب عالميا بإنتاج 310 أطنان سنويا.", ["production RUS gold 310", "rank/production RUS gold 3"]),
    ("قدرت هيئة المسح الجيولوجي الأمريكية احتياطيات السعودية من الفوسفات بمليار طن.", ["reserves SAU phosphate 1e+09"]),
    (
        "تضاعفت صادرات إندونيسيا من النيكل أكثر من عشر مرات لتصل إلى 34 مليار دولار.",
        ["change/exports IDN nickel 900", "exports IDN nickel 3.4e+10"],
    ),
    (
        "انخفض نصيب الكونغو من سوق الكوبالت العالمية إلى 70% بعدما كان 76%.",
        ["share/production COD cobalt 70", "share/production COD cobalt 76"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
