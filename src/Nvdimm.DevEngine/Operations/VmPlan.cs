using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.DevEngine.Operations;

/// <summary>A VM or template that is about to be created.</summary>
/// <param name="Row">What the configuration does not have: id, name, cluster and the like.</param>
/// <param name="Configuration">The configuration, with the host devices that it gets.</param>
/// <param name="Request">What the rules are asked about its host devices; null if there are none to decide on.</param>
/// <param name="Host">The host whose devices the rules need; null if they need none.</param>
internal sealed record VmPlan(VmRow Row, VmConfiguration Configuration, HostDeviceRequest? Request = null, HostRow? Host = null)
{
    /// <summary>Whether the plan was made with the devices of the host that it needs.</summary>
    public bool IsOf(HostListings listings) => Host is null || Host.Id == listings.Host;
}
