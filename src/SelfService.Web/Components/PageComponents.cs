using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using SelfService.Core.Tickets.Promises;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Pages.Agent.Catalogue;
using SelfService.Web.Pages.Agent.Inventory;
using SelfService.Web.Pages.Agent.Orders;
using SelfService.Web.Pages.Agent.Planning;

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
        services.TryAddSingleton<OrderWords>();
        services.TryAddSingleton<AppointmentWords>();
        services.TryAddSingleton<WaitingWords>();
        services.TryAddSingleton<AppointmentCalendar>();
        services.TryAddSingleton<CaseWords>();
        services.TryAddSingleton<CatalogWords>();
        services.TryAddSingleton<DeskWords>();
        services.TryAddSingleton<DeskOrderWords>();
        services.TryAddSingleton<OrdersFile>();
        services.TryAddSingleton<StockWords>();
        services.TryAddSingleton<UploadWords>();
        services.TryAddSingleton<PromiseDates>();
        services.TryAddSingleton<ReplyWords>();
        services.TryAddSingleton<PromiseWords>();
        services.TryAddSingleton<PromiseReader>();
        services.TryAddSingleton<DeskArticles>();
        services.TryAddSingleton<AgendaWords>();
        services.TryAddScoped<BookForCaller>();
        return services;
    }
}
