using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Machines;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Runs VMs as domains of this machine's libvirt.</summary>
internal sealed class VmOperations(
    EngineDatabase database,
    HostDeviceOperations devices,
    Virsh virsh,
    DomainStarter starter,
    IStartGuard guard,
    DevEngineOptions options,
    Journal journal,
    VmStatuses statuses,
    VmGate gate)
{
    private const long VmStarted = 32;
    private const long VmStopped = 33;
    private const long VmStartFailed = 54;
    private const long VmSuspended = 503;

    /// <summary>oVirt Engine 4.5, ACTION_TYPE_FAILED_VM_IS_NOT_RUNNING.</summary>
    private const string NotRunning = "VM is not running.";

    /// <summary>oVirt Engine 4.5, ACTION_TYPE_FAILED_VM_IS_NOT_UP.</summary>
    private const string NotUp = "VM is not up.";

    /// <summary>Starts a VM, resumes a suspended one, or lets a paused one run.</summary>
    /// <exception cref="ApiFaultException">A rule refuses, or the start fails.</exception>
    public Task<JobRow> StartAsync(string id, bool isPaused, CancellationToken cancellationToken) => gate.HoldingAsync(
        async () =>
        {
            var (vm, domain, listings, job) = await devices.WithListingsAsync(id, Prepare, cancellationToken);
            var status = isPaused && domain is not null ? VmStatus.Paused : VmStatus.Up;
            return await FinishAsync(
                vm,
                job,
                () => vm.Status == VmStatus.Suspended ? virsh.RestoreAsync(MemoryFile(id), cancellationToken)
                    : domain is null
                        ? starter.ResumeAsync(vm, cancellationToken)
                        : starter.StartAsync(vm, domain, listings, isPaused, cancellationToken),
                (status, VmStarted, $"VM {vm.Name} started on Host {Machine(vm).Name}"),
                (vm.Status, VmStartFailed, $"Failed to run VM {vm.Name}."));
        },
        cancellationToken);

    /// <summary>Stops a VM at once.</summary>
    /// <exception cref="ApiFaultException">The VM does not run, or libvirt failed to stop it.</exception>
    public Task<JobRow> StopAsync(string id, string user, CancellationToken cancellationToken) => gate.HoldingAsync(
        async () =>
        {
            var (vm, job) = Begin(id, "stop", NotRunning, "Stopping", VmStatus.Up, VmStatus.Paused, VmStatus.PoweringDown);
            return await FinishAsync(
                vm,
                job,
                () => starter.StopAsync(vm, cancellationToken),
                (VmStatus.Down, VmStopped, $"VM {vm.Name} powered off by {user} (Host: {Machine(vm).Name})."),
                (vm.Status, VmStopped, $"Failed to power off VM {vm.Name}."));
        },
        cancellationToken);

    /// <summary>Asks the guest to shut down. The VM is down once the guest has done so.</summary>
    /// <exception cref="ApiFaultException">The VM does not run, or libvirt failed to ask the guest.</exception>
    public Task<JobRow> ShutdownAsync(string id, string user, CancellationToken cancellationToken) => gate.HoldingAsync(
        async () =>
        {
            var (vm, job) = Begin(id, "shutdown", NotRunning, "Shutting down", VmStatus.Up, VmStatus.PoweringDown);
            return await FinishAsync(
                vm,
                job,
                () => virsh.ShutdownAsync(id, cancellationToken),
                (VmStatus.PoweringDown, VmStopped, $"VM shutdown initiated by {user} on VM {vm.Name} (Host: {Machine(vm).Name})."),
                (vm.Status, VmStopped, $"Failed to shut down VM {vm.Name}."));
        },
        cancellationToken);

    /// <summary>Saves the memory of a VM and stops it.</summary>
    /// <exception cref="ApiFaultException">A rule refuses, the VM does not run, or libvirt failed to save it.</exception>
    public Task<JobRow> SuspendAsync(string id, CancellationToken cancellationToken) => gate.HoldingAsync(
        async () =>
        {
            RequireUp(database.Read(session => session.Vm(id)), "hibernate");
            await CheckAsync(id, HostDeviceOperation.Hibernate, force: false, cancellationToken);
            var (vm, job) = Begin(id, "hibernate", NotUp, "Suspending", VmStatus.Up);
            Directory.CreateDirectory(options.MemoryFolder);
            return await FinishAsync(
                vm,
                job,
                () => virsh.SaveAsync(id, MemoryFile(id), cancellationToken),
                (VmStatus.Suspended, VmSuspended, $"VM {vm.Name} on Host {Machine(vm).Name} is suspended."),
                (vm.Status, VmSuspended, $"Failed to suspend VM {vm.Name}."));
        },
        cancellationToken);

    /// <summary>Refuses a migration: with the rules' refusal if there is one, else because there is only one machine.</summary>
    /// <exception cref="ApiFaultException">Always.</exception>
    public async Task MigrateAsync(string id, bool force, CancellationToken cancellationToken)
    {
        await CheckAsync(id, HostDeviceOperation.Migrate, force, cancellationToken);
        RequireStatus(database.Read(session => session.Vm(id)), "migrate", VmStatus.Up);
        throw ApiFaultException.Conflict("Cannot migrate VM. There is no other host in which this development engine could run it.");
    }

    /// <summary>Refuses an operation that a rule refuses.</summary>
    /// <exception cref="ApiFaultException">A rule refuses.</exception>
    public Task CheckAsync(string id, HostDeviceOperation operation, bool force, CancellationToken cancellationToken) =>
        devices.WithListingsAsync(
        id,
        (session, vm, listings) =>
        {
            Require(devices.Check(HostDeviceOperations.Request(session, vm, operation) with { ForceMigration = force }, listings));
            return true;
        },
        cancellationToken);

    private static void Require(PolicyResult result)
    {
        if (!result.IsAllowed)
        {
            throw ApiFaultException.Refused(result.Findings);
        }
    }

    /// <summary>Requires a running VM. oVirt Engine 4.5, <c>HibernateVmCommand</c>, checks this before anything about devices.</summary>
    private static void RequireUp(VmParts vm, string action)
    {
        if (vm.Status != VmStatus.Up)
        {
            throw ApiFaultException.Conflict($"Cannot {action} VM. {NotUp}");
        }
    }

    private static void RequireStatus(VmParts vm, string action, params ReadOnlySpan<VmStatus> statuses)
    {
        if (!statuses.Contains(vm.Status))
        {
            throw ApiFaultException.Refused(
                [Finding.Error(EngineCodes.VmStatusIllegal, ("action", action), ("type", "VM"), ("vmStatus", $"{vm.Status}"))]);
        }
    }

    private static HostRow Machine(VmParts vm) => vm.Pins is [var host] ? host : new HostRow { Name = "this machine" };

    private (VmParts Vm, string? Domain, HostListings Listings, JobRow Job) Prepare(
        EngineSession session, VmParts vm, HostListings listings)
    {
        RequireStatus(vm, "run", VmStatus.Down, VmStatus.Suspended, VmStatus.Paused);
        var request = HostDeviceOperations.Request(session, vm, HostDeviceOperation.Start);
        if (vm.Status != VmStatus.Paused)
        {
            Require(devices.Check(request, listings));
        }

        var host = HostOf(session, vm);
        var domain = vm.Status == VmStatus.Down ? devices.AddToDomain(BaseDomain.Of(vm, options.DomainType), request, listings) : null;
        session.Update(vm.Row with { Status = StatusWords.Of(VmStatus.WaitForLaunch), HostId = host.Id });
        return (vm, domain, listings, journal.Begin(session, $"Launching VM {vm.Name}"));
    }

    /// <summary>The host that a VM runs on; only this machine can run VMs.</summary>
    private HostRow HostOf(EngineSession session, VmParts vm)
    {
        if (!virsh.IsConfigured)
        {
            throw ApiFaultException.Conflict(
                "Cannot run VM. This development engine has no libvirt to run it in; start the engine with --libvirt URI.");
        }

        var candidates = vm.Pins.Count > 0 ? vm.Pins : session.Hosts(Slice.All);
        return candidates.FirstOrDefault(host => host.Source == HostSources.Machine)
            ?? throw ApiFaultException.Conflict(
                $"Cannot run VM. The devices of {string.Join(", ", candidates.Select(host => host.Name))} are captures; "
                + "nothing runs there.");
    }

    /// <summary>Begins a job for a VM in one of these statuses. A VM that does not run at all is refused in the engine's words.</summary>
    private (VmParts Vm, JobRow Job) Begin(
        string id, string action, string refusal, string description, params VmStatus[] statuses) => database.Write(session =>
    {
        var vm = session.Vm(id);
        if (vm.Status is VmStatus.Down or VmStatus.Suspended && !statuses.Contains(vm.Status))
        {
            throw ApiFaultException.Conflict($"Cannot {action} VM. {refusal}");
        }

        RequireStatus(vm, action, statuses);
        return (vm, journal.Begin(session, $"{description} VM {vm.Name}"));
    });

    private async Task<JobRow> FinishAsync(
        VmParts vm, JobRow job, Func<Task> act, (VmStatus Status, long Code, string Text) done,
        (VmStatus Status, long Code, string Text) failed)
    {
        try
        {
            await act();
        }
        catch (Exception notDone) when (notDone is MachineException or OperationCanceledException or ApiFaultException)
        {
            var status = await StatusAfterFailureAsync(vm.Id, failed.Status);
            var kept = status == VmStatus.Down ? Release(vm) : "";
            statuses.End(vm, job, "failed", (status, failed.Code, failed.Text));
            if (notDone is ApiFaultException)
            {
                throw;
            }

            throw ApiFaultException.Failed($"{failed.Text} {notDone.Message}{kept}");
        }

        statuses.End(vm, job, "finished", done);
        return job;
    }

    /// <summary>
    /// The state of a VM after a failure, such as a timeout: its domain may run in spite of it. Null if libvirt does not answer; the VM
    /// then keeps its devices and its status until <see cref="EndedVms"/> knows more, because no other VM may start with them.
    /// </summary>
    private async Task<VmStatus?> StatusAfterFailureAsync(string id, VmStatus intended)
    {
        try
        {
            var active = await virsh.ActiveAsync(CancellationToken.None);
            return !active.TryGetValue(id, out var isPaused)
                ? intended == VmStatus.Suspended ? intended : VmStatus.Down
                : intended is VmStatus.Down or VmStatus.Suspended ? Virsh.StatusOf(isPaused) : intended;
        }
        catch (MachineException)
        {
            return null;
        }
    }

    /// <summary>Releases the devices.</summary>
    /// <returns>Why the release failed; empty if it succeeded.</returns>
    private string Release(VmParts vm)
    {
        try
        {
            guard.End(vm);
            return "";
        }
        catch (MachineException kept)
        {
            return $" {kept.Message}";
        }
    }

    private string MemoryFile(string id) => Path.Combine(options.MemoryFolder, id);
}
