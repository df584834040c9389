using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Web.Resources;

namespace SelfService.Web.Tests.Resources;

public sealed class KeptTextsTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;
    private readonly CountingTexts inner = new();

    public void Dispose() => CultureInfo.CurrentUICulture = before;

    [Fact]
    public void Get_Again_AsksOnceForEachLanguage()
    {
        var texts = new KeptTexts(inner);
        foreach (var language in new[] { "es", "en", "es", "en" })
        {
            CultureInfo.CurrentUICulture = new CultureInfo(language);
            Assert.Equal($"{language}: 3 de {{0}}", texts["Count"].Value);
            Assert.Equal($"{language}: 3 de 7", texts["Count", 7].Value);
        }

        Assert.Equal(2, inner.Asked);
    }

    [Fact]
    public void Get_WhatIsNotThere_IsNeverKept()
    {
        var texts = new KeptTexts(inner);

        Assert.True(texts["typed by somebody"].ResourceNotFound);
        Assert.True(texts["typed by somebody"].ResourceNotFound);
        Assert.Equal("typed by somebody", texts["typed by somebody", 1].Value);
        Assert.Equal(3 + 1, inner.Asked);
    }

    private sealed class CountingTexts : IStringLocalizer
    {
        public int Asked { get; private set; }

        public LocalizedString this[string name]
        {
            get
            {
                Asked++;
                return name == "Count" ? new LocalizedString(name, CultureInfo.CurrentUICulture.Name + ": 3 de {0}") : new LocalizedString(name, name, resourceNotFound: true);
            }
        }

        public LocalizedString this[string name, params object[] arguments] => this[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
