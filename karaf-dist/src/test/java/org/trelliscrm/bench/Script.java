// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.util.List;

/** The scripts in which the bench's people write their names. Each name has the form that stands in its e-mail address. */
enum Script {
    LATIN(
            "cy",
            "+447400",
            6,
            "Siân/sian Llywelyn/llywelyn Eleri/eleri Gethin/gethin Angharad/angharad Tŵm/twm Rhŷs/rhys Mary/mary Ada/ada Björn/bjorn José/jose Zoë/zoe Łukasz/lukasz Émilie/emilie Ifan/ifan",
            "Morgan/morgan Puw/puw Prys/prys Llwyd/llwyd Griffiths/griffiths Cadwaladr/cadwaladr Somerville/somerville Müller/muller Nuñez/nunez Ångström/angstrom Kowalski/kowalski Gwyn/gwyn ap-Dafydd/apdafydd",
            "Caffi Melin Siop Gweithdy Harbour",
            "Caerdydd"),
    CYRILLIC(
            "mn",
            "+9768811",
            4,
            "Тэмүүлэн/temuulen Сарангэрэл/sarangerel Ганбаатар/ganbaatar Өнөрбаяр/unurbayar Нандин/nandin Алтанцэцэг/altantsetseg Мария/maria Дмитрий/dmitri Ольга/olga Сергей/sergei Наталья/natalia",
            "Болд/bold Батбаяр/batbayar Дорж/dorj Энхтүвшин/enkhtuvshin Гантөмөр/gantumur Иванова/ivanova Смирнов/smirnov Щербаков/shcherbakov Соловьёв/soloviev",
            "Нүүдэл Талын Говь Северный Восток",
            "Улаанбаатар"),
    HAN(
            "zh-TW",
            "+86138",
            8,
            "小明/xiaoming 秀英/xiuying 建國/jianguo 淑芬/shufen 志偉/zhiwei 雅婷/yating 俊傑/junjie 怡君/yijun 麗華/lihua",
            "王/wang 李/li 陳/chen 林/lin 歐陽/ouyang 司馬/sima 黃/huang 蘇/su 吳/wu",
            "臺北 長江 東方 大同 永豐",
            "臺北"),
    ARABIC(
            "fa",
            "+98912",
            7,
            "سارا/sara مریم/maryam علی‌رضا/alireza کیان/kian شیرین/shirin فرهاد/farhad یاسمن/yasaman بهرام/bahram",
            "کریمی/karimi میرزاخانی/mirzakhani حسینی/hosseini قاسمی/ghasemi رستمی/rostami یزدانی/yazdani",
            "پارس البرز دماوند کاوه مهر",
            "تهران"),
    HANGUL(
            "ko",
            "+821045",
            6,
            "민준/minjun 서연/seoyeon 지훈/jihun 하은/haeun 도윤/doyun 수빈/subin 예진/yejin",
            "김/kim 이/lee 박/park 최/choi 정/jung 강/kang 남궁/namgung",
            "한빛 서울 가온 누리 새봄",
            "서울");

    final String language;
    final String phonePrefix;
    final int phoneDigits;
    final List<String> given;
    final List<String> family;
    final List<String> companies;
    final String city;

    Script(
            String language,
            String phonePrefix,
            int phoneDigits,
            String given,
            String family,
            String companies,
            String city) {
        this.language = language;
        this.phonePrefix = phonePrefix;
        this.phoneDigits = phoneDigits;
        this.given = List.of(given.split(" "));
        this.family = List.of(family.split(" "));
        this.companies = List.of(companies.split(" "));
        this.city = city;
    }

    /** Whether the family's name comes first, and nothing stands between. */
    boolean isEastAsian() {
        return this == HAN || this == HANGUL;
    }
}
