using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using SelfService.Web.Pages.Agent;

namespace SelfService.Web.Components;

/// <summary>What the views need besides the page models.</summary>
public static class PageComponents
{
    /// <summary>Registers the stylesheet and the words for moments and hours.</summary>
    public static IServiceCollection AddPageComponents(this IServiceCollection services)
    {
        // Spanish letters go out as themselves: a page is a fifth smaller and its source can be read.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiteAssets>();
        services.TryAddSingleton<SpokenMoment>();
        services.TryAddSingleton<WeeklyHours>();
        services.TryAddSingleton<CaseWords>();
        services.TryAddSingleton<DeskWords>();
        services.TryAddSingleton<PromiseDates>();
        return services;
    }
}
