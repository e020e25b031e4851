using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>
/// Makes templates of VMs, changes them, and removes them. The engine copies the host devices of the VM to the template if the template is
/// pinned as the VM is (oVirt Engine 4.5, <c>AddVmTemplateCommand.executeCommand</c>, <c>VmDeviceUtils.copyVmDevices</c>,
/// <c>canCopyHostDevices</c>); the rules refuse a template that would have an NVDIMM.
/// </summary>
internal sealed class TemplateOperations(EngineDatabase database, HostDeviceOperations devices, Journal journal)
{
    private const long Updated = 49;
    private const long Added = 51;
    private const long Removed = 251;
    private const string NoImport = "this development engine imports no templates";

    /// <summary>
    /// Makes a template of a VM that is down. Fields that the body lacks are those of the VM. A template has no NUMA nodes, as in the
    /// engine.
    /// </summary>
    /// <exception cref="ApiFaultException">
    /// A field is missing or has a wrong value, the VM does not exist or is not down, or a rule refuses.
    /// </exception>
    public Task<TemplateRow> AddAsync(ApiInput input, CancellationToken cancellationToken) => devices.AddAsync(
        (session, _) => Plan(session, input),
        (session, plan) =>
        {
            var template = new TemplateRow
            {
                Id = Ids.New(),
                Name = plan.Row.Name,
                Description = plan.Row.Description,
                ClusterId = plan.Row.ClusterId,
                Created = journal.Now,
                Configuration = plan.Configuration.Write(),
            };
            session.Add(template);
            journal.AddFinishedJob(session, $"Creating VM Template {template.Name} in Data Center Default");
            journal.AddEvent(
                session, Added, $"Creation of Template {template.Name} from VM {VmOf(session, input).Name} has been completed.");
            return session.Template(template.Id);
        },
        cancellationToken);

    /// <summary>
    /// Changes the fields that the body has, and ignores its VM. VMs that were made of the template stay as they are (oVirt Engine 4.5,
    /// <c>UpdateVmTemplateCommand</c>). A cluster without an id, which the engine ignores (<c>VmBaseMapper</c>), is refused.
    /// </summary>
    /// <exception cref="ApiFaultException">
    /// The template, the cluster or a host does not exist, a field has a wrong value, the name is taken, or Blank would get a cluster.
    /// </exception>
    public TemplateRow Update(string id, ApiInput input, string user) => database.Write(session =>
    {
        VmInput.RequireNoConfiguration(input, NoImport);
        var template = session.Template(id);
        RequireClusterById(template, input);
        var name = VmInput.Name(input) ?? template.Name;
        if (name != template.Name)
        {
            RequireFree(session, name, "edit");
        }

        var then = template.ToConfiguration();
        var settings = VmSettings.Read(then.Settings);
        settings = settings.With(TemplateFields.Table.Kept(settings.Kept, input).Parts);
        var cluster = VmInput.Cluster(session, input) ?? (template.ClusterId is { } own ? session.Cluster(own) : null);
        var configuration = Changed(session, then, settings, input);
        RequireValid(configuration, cluster, settings, "edit");
        session.Update(template with
        {
            Name = name,
            Description = VmInput.Description(input, template.Description),
            ClusterId = cluster?.Id,
            Configuration = configuration.Write(),
        });
        journal.AddEvent(session, Updated, $"Template {name} configuration was updated by {user}.");
        return session.Template(id);
    });

    /// <summary>
    /// Removes a template of which no VM was made (oVirt Engine 4.5, <c>RemoveVmTemplateCommand.validate</c>).
    /// </summary>
    /// <exception cref="ApiFaultException">
    /// The template does not exist, is Blank, is protected, or has VMs.
    /// </exception>
    public void Remove(string id) => database.Write(session =>
    {
        var template = session.Template(id);
        if (template.Id == TemplateRow.BlankId)
        {
            throw ApiFaultException.Conflict("Cannot remove Template. Removing Blank Template is not allowed.");
        }

        if (template.Settings().Kept.Flag("delete_protected") == true)
        {
            throw ApiFaultException.Conflict(
                "Cannot remove Template. Delete protection is enabled. In order to delete, disable Delete protection first.");
        }

        if (session.VmNamesOfTemplate(id) is { Count: > 0 } vms)
        {
            throw ApiFaultException.Conflict(
                $"Cannot delete Template. Template is being used by the following VMs: {string.Join(',', vms)}.");
        }

        journal.AddFinishedJob(session, $"Removing VM Template {template.Name} from Data Center Default");
        journal.AddEvent(session, Removed, $"Removal of Template {template.Name} has been completed.");
        return session.RemoveTemplate(id);
    });

    private static VmPlan Plan(EngineSession session, ApiInput input)
    {
        VmInput.RequireNoConfiguration(input, NoImport);
        var name = VmInput.Name(input) ?? throw ApiFaultException.Incomplete("Template", "name", "addFromVm");
        var vm = VmOf(session, input);
        if (vm.Status != VmStatus.Down)
        {
            throw ApiFaultException.Conflict(
                "Cannot add Template. VM is locked or still running, try again once VM is in the Down state.");
        }

        RequireFree(session, name, "add");
        var settings = vm.Settings.With(TemplateFields.Table.Kept(vm.Settings.Kept.Without("numa_tune_mode"), input).Parts);
        var cluster = VmInput.Cluster(session, input) ?? vm.Cluster;
        var row = new VmRow
        {
            Name = name,
            Description = VmInput.Description(input, vm.Row.Description),
            ClusterId = cluster.Id,
        };
        var configuration = Changed(session, VmConfiguration.Of(vm) with { Nodes = [] }, settings, input);
        RequireValid(configuration, cluster, settings, "add");
        VmInput.RequireSameCluster(session.Hosts(configuration.Pins), cluster, "Template");
        var plan = new VmPlan(row, configuration);
        return vm.HostDevices.Count == 0 ? plan : VmCreation.WithDevices(session, vm, plan, HostDeviceOperation.Template);
    }

    /// <summary>A configuration with the fields of the body in place of its own, and with these settings.</summary>
    /// <exception cref="ApiFaultException">A field has a wrong value, or a host does not exist.</exception>
    private static VmConfiguration Changed(EngineSession session, VmConfiguration own, VmSettings settings, ApiInput input) => own with
    {
        Affinity = VmInput.Affinity(input) ?? own.Affinity,
        Memory = input.Number("memory") ?? own.Memory,
        MaxMemory = input.Number("memory_policy", "max") ?? own.MaxMemory,
        Settings = settings.Write(),
        Pins = VmInput.Pins(session, input) is { } pins ? [.. pins.Select(host => host.Id)] : own.Pins,
    };

    /// <summary>Checks the memory and the CPUs of a template. Blank has no cluster, and so no limit of CPUs.</summary>
    /// <exception cref="ApiFaultException">The engine takes no such memory, or not so many CPUs.</exception>
    private static void RequireValid(VmConfiguration configuration, ClusterRow? cluster, VmSettings settings, string action)
    {
        var row = configuration.Over(new VmRow());
        VmInput.RequireMemory(row);
        if (cluster is not null)
        {
            VmInput.RequireSettings(row, cluster, settings, action, "Template");
        }
    }

    /// <summary>Refuses a cluster for Blank, and one that the engine would ignore.</summary>
    /// <exception cref="ApiFaultException">The body has such a cluster.</exception>
    private static void RequireClusterById(TemplateRow template, ApiInput input)
    {
        if (input.Find("cluster") is null)
        {
            return;
        }

        if (template.Id == TemplateRow.BlankId)
        {
            throw ApiFaultException.Conflict("Cannot edit Template. Only Blank template and instance types can have empty bios type.");
        }

        if (input.Text("cluster", "id") is null)
        {
            throw ApiFaultException.BadValue("The field 'cluster' has no id. A real engine would ignore it.");
        }
    }

    /// <summary>Refuses the name of another template.</summary>
    /// <exception cref="ApiFaultException">The name is taken.</exception>
    private static void RequireFree(EngineSession session, string name, string action)
    {
        if (session.TemplateNamed(name) is not null)
        {
            throw ApiFaultException.Conflict(
                $"Cannot {action} Template. The Template name is already in use, please choose a unique name and try again.");
        }
    }

    private static VmParts VmOf(EngineSession session, ApiInput input) =>
        input.Text("vm", "id") is { } id ? session.Vm(id)
        : input.Text("vm", "name") is { } name
            ? session.WithParts(session.VmRowsNamed(name)) is [var vm] ? vm : throw ApiFaultException.NotFound("VM", name)
        : throw ApiFaultException.Incomplete("Template", "vm.id|name", "addFromVm");
}
