using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Adds and removes host devices of VMs. Where an answer is lost it looks before it repeats: the engine calls it a success to add what is
/// there, so that a repetition never attaches twice, and looking tells what really is.
/// </summary>
internal sealed class VmHostDevices(ApiConnection api, OvirtClientOptions options, TimeProvider time)
{
    /// <summary>The devices of a VM.</summary>
    public Task<OvirtHostDevice[]> ListAsync(string vmId, CancellationToken cancellationToken) => api.GetAsync(
        $"vms/{Uri.EscapeDataString(vmId)}/hostdevices", wire => wire.ItemsOf("host_device").Select(WireModels.HostDevice).ToArray(), cancellationToken);

    /// <summary>Adds a device, or finds it there.</summary>
    public async Task<OvirtHostDevice> AddAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken) =>
        (await UntilAsync(vmId, device, isWanted: true, () => PostAsync(vmId, device, cancellationToken), cancellationToken).ConfigureAwait(false))!;

    /// <summary>Removes a device, or finds that it is gone.</summary>
    public Task RemoveAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken) =>
        UntilAsync(vmId, device, isWanted: false, () => DeleteAsync(vmId, device, cancellationToken), cancellationToken);

    private async Task<OvirtHostDevice?> PostAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken)
    {
        var body = WireWriter.Object(("name", device.Name), ("id", device.Id));
        var added = await api.ChangeAsync(HttpMethod.Post, $"vms/{Uri.EscapeDataString(vmId)}/hostdevices", body, WireModels.HostDevice, cancellationToken).ConfigureAwait(false);
        return Is(added, device) ? added : throw ApiConnection.Unknown(
            new OvirtException($"POST vms/{vmId}/hostdevices", OvirtFailure.BadAnswer, $"asked for {device}, the answer is about {added.Name}"));
    }

    private async Task<OvirtHostDevice?> DeleteAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ChangeAsync<OvirtHostDevice?>(HttpMethod.Delete, $"vms/{Uri.EscapeDataString(vmId)}/hostdevices/{device.Id}", body: null, _ => null, cancellationToken).ConfigureAwait(false);
        }
        catch (OvirtException missing) when (missing.Failure == OvirtFailure.NotFound)
        {
            // The device or the VM: where the VM is missing, the listing says so.
            var listed = await LookAsync(vmId, device, cancellationToken).ConfigureAwait(false);
            return listed is null
                ? listed
                : throw new OvirtException(missing.Request, OvirtFailure.BadAnswer, $"the engine does not find {device}, which it lists") { Status = missing.Status };
        }
    }

    /// <summary>Changes, and after a lost answer looks and repeats, until it is as wanted.</summary>
    private async Task<OvirtHostDevice?> UntilAsync(
        string vmId, HostDeviceKey device, bool isWanted, Func<Task<OvirtHostDevice?>> change, CancellationToken cancellationToken)
    {
        OvirtException? lost = null;
        for (var attempt = 0; ; attempt++)
        {
            OvirtException failure;
            try
            {
                return await change().ConfigureAwait(false);
            }
            catch (OvirtException failed) when (failed.IsOutcomeUnknown || lost is not null)
            {
                // A refusal, too, after a lost answer: the first request may have been what the second one was refused for.
                failure = failed;
            }

            lost = ApiConnection.Unknown(failure);
            var found = await LookAfterAsync(lost, vmId, device, cancellationToken).ConfigureAwait(false);
            if ((found is not null) == isWanted)
            {
                return found;
            }

            if (attempt >= options.MaxRetries || !failure.IsOutcomeUnknown)
            {
                throw lost;
            }

            await Task.Delay(options.RetryDelay * Math.Pow(2, attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<OvirtHostDevice?> LookAfterAsync(OvirtException lost, string vmId, HostDeviceKey device, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(vmId, device, cancellationToken).ConfigureAwait(false);
        }
        catch (OvirtException blind)
        {
            throw lost.Unseen(blind);
        }
    }

    private async Task<OvirtHostDevice?> LookAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken) =>
        Array.Find(await ListAsync(vmId, cancellationToken).ConfigureAwait(false), listed => Is(listed, device));

    private static bool Is(OvirtHostDevice listed, HostDeviceKey device) => string.Equals(listed.Name, device.Name, StringComparison.Ordinal);
}
