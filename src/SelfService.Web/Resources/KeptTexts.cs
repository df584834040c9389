using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace SelfService.Web.Resources;

/// <summary>Texts as they were found once. The resources look each up under a lock, and a page has some hundred of them.</summary>
public sealed class KeptTexts(IStringLocalizer texts) : IStringLocalizer
{
    private readonly ConcurrentDictionary<(string Culture, string Name), LocalizedString> kept = new();

    public LocalizedString this[string name]
    {
        get
        {
            var key = (CultureInfo.CurrentUICulture.Name, name);
            if (kept.TryGetValue(key, out var text))
            {
                return text;
            }

            text = texts[name];
            // What is not there may be anything, also what somebody typed.
            return text.ResourceNotFound ? text : kept.GetOrAdd(key, text);
        }
    }

    public LocalizedString this[string name, params object[] arguments] =>
        this[name] is { ResourceNotFound: false } text ? new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, text.Value, arguments), false, text.SearchedLocation) : texts[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);
}

/// <summary>Gives out one set of kept texts for each that the resources have.</summary>
public sealed class KeptTextsFactory(ResourceManagerStringLocalizerFactory resources) : IStringLocalizerFactory
{
    private readonly ConcurrentDictionary<Type, IStringLocalizer> kept = new();

    public IStringLocalizer Create(Type resourceSource) => kept.GetOrAdd(resourceSource, type => new KeptTexts(resources.Create(type)));

    public IStringLocalizer Create(string baseName, string location) => resources.Create(baseName, location);
}
