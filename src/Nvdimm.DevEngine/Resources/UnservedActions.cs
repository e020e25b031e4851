using System.Net;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// Actions of the API's model that this engine does not serve (ovirt-engine-api-model 4.6, <c>VmService</c>, <c>HostService</c>). Their
/// links exist as in a real engine, because clients look for them; the answer is a fault that says so.
/// </summary>
internal static class UnservedActions
{
    private static readonly string[] OfVm =
    [
        "cancelmigration", "detach", "export", "freezefilesystems", "logon", "maintenance",
        "reboot", "reordermacaddresses", "reset", "screenshot", "thawfilesystems", "ticket",
    ];

    private static readonly string[] OfHost =
    [
        "activate", "approve", "commitnetconfig", "copyhostnetworks", "deactivate", "enrollcertificate", "fence", "forceselectspm",
        "install",
        "iscsidiscover", "iscsilogin", "refresh", "setupnetworks", "syncallnetworks", "unregisteredstoragedomainsdiscover", "upgrade",
        "upgradecheck",
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "vms", OfVm);
        Map(api, "hosts", OfHost);
    }

    /// <summary>Adds the links of a VM: to the served actions, and to these.</summary>
    public static ApiObject OfAVm(ApiObject view, string href) => view.Actions(
        href,
        [
            "start", "stop", "shutdown", "suspend", "migrate", "clone", "previewsnapshot", "commitsnapshot", "undosnapshot",
            "autopincpuandnumanodes", .. OfVm,
        ]);

    /// <summary>Adds the links of a host.</summary>
    public static ApiObject OfAHost(ApiObject view, string href) => view.Actions(href, OfHost);

    private static void Map(IEndpointRouteBuilder api, string collection, string[] actions)
    {
        foreach (var action in actions)
        {
            api.MapPost($"/{collection}/{{id}}/{action}", () => ApiAnswer.Of(new EngineFault(
                HttpStatusCode.NotImplemented, EngineFault.OperationFailed,
                $"[This development engine does not serve the action {action}.]")));
        }
    }
}
