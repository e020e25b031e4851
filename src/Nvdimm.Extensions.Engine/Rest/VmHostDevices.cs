using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Adds and removes host devices of VMs. If an answer is lost, it reads the VM's devices before it repeats the request. The engine reports
/// success for adding a device that the VM already has, so a repetition never attaches twice.
/// </summary>
internal sealed class VmHostDevices(ApiConnection api, OvirtClientOptions options, TimeProvider time)
{
    /// <summary>Adds a device. It succeeds if the VM already has it.</summary>
    public async Task<OvirtHostDevice> AddAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken) =>
        (await UntilAsync(vmId, device, isWanted: true, PostAsync, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Removes a device. It succeeds if the VM does not have it.</summary>
    public Task RemoveAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken) =>
        UntilAsync(vmId, device, isWanted: false, DeleteAsync, cancellationToken);

    private Task<OvirtHostDevice?> PostAsync(string vmId, HostDeviceKey device, CallBudget budget, CancellationToken cancellationToken)
    {
        var body = WireWriter.Object(("name", device.Name), ("id", device.Id));
        return api.ChangeAsync<OvirtHostDevice?>(
            HttpMethod.Post, PathOf(vmId), body, wire => Added(wire, device), budget, cancellationToken);
    }

    private static string PathOf(string vmId) => $"vms/{Uri.EscapeDataString(vmId)}/hostdevices";

    private static OvirtHostDevice Added(WireValue wire, HostDeviceKey device)
    {
        var added = WireModels.HostDevice(wire);
        return Is(added, device) ? added : throw new UnexpectedAnswerException($"asked for {device}, the answer is about {added.Name}");
    }

    private async Task<OvirtHostDevice?> DeleteAsync(
        string vmId, HostDeviceKey device, CallBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ChangeAsync<OvirtHostDevice?>(
                HttpMethod.Delete, $"{PathOf(vmId)}/{device.Id}", body: null, _ => null, budget, cancellationToken).ConfigureAwait(false);
        }
        catch (OvirtException missing) when (missing.Failure == OvirtFailure.NotFound)
        {
            // Either the device or the VM is missing; if it is the VM, the listing fails.
            var listed = await FindDeviceAsync(vmId, device, budget, cancellationToken).ConfigureAwait(false);
            return listed is null
                ? listed
                : throw new OvirtException(
                    missing.Request, OvirtFailure.BadAnswer, $"the engine does not find {device}, which it lists")
                {
                    Status = missing.Status,
                };
        }
    }

    /// <summary>
    /// Sends the change; after a lost answer it reads the VM's devices and repeats, until the VM is as wanted. All of it is one call with
    /// one budget.
    /// </summary>
    private async Task<OvirtHostDevice?> UntilAsync(
        string vmId,
        HostDeviceKey device,
        bool isWanted,
        Func<string, HostDeviceKey, CallBudget, CancellationToken, Task<OvirtHostDevice?>> change,
        CancellationToken cancellationToken)
    {
        var budget = new CallBudget(options);
        OvirtException? lost = null;
        for (var attempt = 0; ; attempt++)
        {
            OvirtException failure;
            try
            {
                return await change(vmId, device, budget, cancellationToken).ConfigureAwait(false);
            }
            catch (OvirtException failed) when (failed.IsOutcomeUnknown || lost is not null)
            {
                // This includes a refusal after a lost answer: the first request may have made the change for which the second one was
                // refused.
                failure = failed;
            }

            lost = FailureCopy.Unknown(failure);
            var listed = await ReadAfterwardsAsync(lost, vmId, device, budget, cancellationToken).ConfigureAwait(false);
            if ((listed is not null) == isWanted)
            {
                return listed;
            }

            var pause = options.RetryDelay * Math.Pow(2, attempt);
            if (!budget.MayRepeatAfter(pause) || !failure.IsOutcomeUnknown)
            {
                throw lost;
            }

            budget.Repeat(pause);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<OvirtHostDevice?> ReadAfterwardsAsync(
        OvirtException lost, string vmId, HostDeviceKey device, CallBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            return await FindDeviceAsync(vmId, device, budget, cancellationToken).ConfigureAwait(false);
        }
        catch (OvirtException blind)
        {
            throw lost.WithoutCheck(blind);
        }
    }

    private Task<OvirtHostDevice?> FindDeviceAsync(
        string vmId, HostDeviceKey device, CallBudget budget, CancellationToken cancellationToken) => api.GetAsync(
        PathOf(vmId),
        wire => wire.ItemsOf("host_device").Select(WireModels.HostDevice).ToList().Find(listed => Is(listed, device)),
        budget,
        cancellationToken);

    private static bool Is(OvirtHostDevice listed, HostDeviceKey device) =>
        string.Equals(listed.Name, device.Name, StringComparison.Ordinal);
}
