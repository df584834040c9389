using System.Globalization;

namespace SelfService.Core.People;

/// <summary>
/// The numbering plans of Latin America, Spain and North America, and the codes of everywhere else. Sources: ITU-T E.164
/// and the plans that the national regulators have published there.
/// </summary>
internal static class NumberingPlans
{
    private static readonly NumberingPlan[] Known =
    [
        new("1", "US CA DO PR AG AI AS BB BM BS DM GD GU JM KN KY LC MP MS SX TC TT VC VG VI")
        {
            Before = "1",
            Numbers = "([2-9]##) [2-9]##-####",
        },
        new("34", "ES") { Numbers = "[5-9]## ### ###" },
        new("51", "PE")
        {
            Before = "0",
            Numbers = "9## ### ### | (~01) ### #### | (~0[4-8]#) ### ###",
        },
        // Since August 2019 ten digits are dialled for every call: 01, 044, 045 and the 1 of mobiles are gone, not forgotten.
        new("52", "MX")
        {
            Before = "01 044 045",
            AfterCode = "1",
            Numbers = "55 #### #### | 56 #### #### | 33 #### #### | 81 #### #### | [2-9]## ### ####",
        },
        new("53", "CU")
        {
            Before = "0",
            Numbers = "[56]### #### | (~07) ### #### | (~0[2-4]#) ### ###",
        },
        // Ten digits; a mobile is called with 15 after the area at home and with 9 before it from abroad. No two numbers
        // differ only in that. Three-digit areas first, the others have four.
        new("54", "AR")
        {
            Before = "0",
            Numbers = """
                +9 11 ####-####
                | +9 22[013] [4-7]##-#### | +9 23[067] [4-7]##-#### | +9 249 [4-7]##-#### | +9 26[01346] [4-7]##-#### | +9 280 [4-7]##-####
                | +9 29[147-9] [4-7]##-#### | +9 336 [4-7]##-#### | +9 34[1-358] [4-7]##-#### | +9 35[138] [4-7]##-#### | +9 36[24] [4-7]##-####
                | +9 37[069] [4-7]##-#### | +9 38[013578] [4-7]##-####
                | +9 [23]### ##-#### | [68]## ### ####
                """,
            Formerly =
            [
                ("^9?0?(11)15([0-9]{8})$", "9$1$2"),
                ("^9?0?([23][0-9]{2})15([0-9]{7})$", "9$1$2"),
                ("^9?0?([23][0-9]{3})15([0-9]{6})$", "9$1$2"),
                ("^90((?:11|[23])[0-9]+)$", "9$1"),
                // Only the capital has eight digits after 15.
                ("^15([0-9]{8})$", "911$1"),
            ],
        },
        // 0XX is the carrier's code. From 2012 to 2016 every mobile got a ninth digit in front.
        new("55", "BR")
        {
            Before = "0 0##",
            Numbers = "([1-9][1-9]) 9####-#### | ([1-9][1-9]) [2-5]###-####",
            Formerly = [("^([1-9]{2})([6-9][0-9]{7})$", "${1}9$2")],
        },
        // 09 and 08 once stood before seven digits; the 9 and 8 stayed as the first of eight.
        new("56", "CL")
        {
            Before = "0",
            Numbers = "9 #### #### | 2 #### #### | [68]00 ### ### | [3-8]# ### ####",
            Formerly = [("^0([89][0-9]{7})$", "9$1")],
        },
        // Since September 2021 the area of a landline is 60 and its old digit. 03 called mobiles, 05, 07 and 09 far away.
        new("57", "CO")
        {
            Before = "0 03 05 07 09",
            Numbers = "3## ### #### | 60[124-8] ### ####",
            Formerly = [("^([124-8][0-9]{7})$", "60$1")],
        },
        new("58", "VE") { Before = "0", Numbers = "~0[24]##-#######" },
        new("240", "GQ") { Numbers = "[2358]## ### ###" },
        new("501", "BZ") { Numbers = "[2-8]##-####" },
        new("502", "GT") { Numbers = "[2-8]### ####" },
        new("503", "SV") { Numbers = "[25-7]### ####" },
        new("504", "HN") { Numbers = "[237-9]###-####" },
        new("505", "NI") { Numbers = "[125-8]### ####" },
        new("506", "CR") { Numbers = "[24-8]### ####" },
        new("507", "PA") { Numbers = "6###-#### | [1-57-9]##-####" },
        new("509", "HT") { Numbers = "[2-589]# ## ####" },
        new("591", "BO") { Before = "0 0##", Numbers = "[5-7]####### | [2-4] #######" },
        new("593", "EC") { Before = "0", Numbers = "~09# ### #### | (~0[2-7]) ###-####" },
        new("595", "PY")
        {
            Before = "0",
            Numbers = "~09## ### ### | (~021) ### #### | (~0[2-8]##) ### ### | (~0[2-8]#) ### ### | (~0[2-8]#) #####",
        },
        new("598", "UY") { Before = "0", Numbers = "~09# ### ### | [24]### ####" },
    ];

    // Assigned by the ITU and not in the table above.
    private const string Others = """
        7 20 27 30-33 36 39-41 43-49 60-66 81 82 84 86 90-95 98 211-213 216 218 220-239 241-258 260-269 290 291 297-299 350-359
        370-378 380-383 385-387 389 420 421 423 500 508 590 592 594 596 597 599 670 672-683 685-692 800 808 850 852 853 855 856
        870 878 880-883 886 888 960-968 970-977 979 992-996 998
        """;

    private static readonly Dictionary<string, NumberingPlan> ByCode = Known.Concat(Codes().Select(code => new NumberingPlan(code))).ToDictionary(plan => plan.Code);

    private static readonly Dictionary<string, NumberingPlan> ByCountry = Known
        .SelectMany(plan => plan.Countries.Select(country => (country, plan)))
        .ToDictionary(pair => pair.country, pair => pair.plan, StringComparer.OrdinalIgnoreCase);

    /// <summary>The plan of a country of the table, or null.</summary>
    public static NumberingPlan? Of(string country) => ByCountry.GetValueOrDefault(country);

    /// <summary>The plan whose code the digits begin with, or null when the code is nobody's.</summary>
    public static NumberingPlan? Behind(string digits) => Enumerable.Range(1, Math.Min(3, digits.Length))
        .Select(length => ByCode.GetValueOrDefault(digits[..length]))
        .FirstOrDefault(plan => plan is not null);

    private static IEnumerable<string> Codes() =>
        from entry in Others.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        let ends = entry.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList()
        from code in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
        select code.ToString(CultureInfo.InvariantCulture);
}
