//! AMD's Vulkan driver on its null device: compiles a kernel and tells the compiler's figures.

#![expect(
    unsafe_code,
    reason = "Vulkan is called directly: wgpu does not open a null device, nor show these figures"
)]

use crate::figures::Figures;
use crate::translation::Translation;
use anyhow::{Context, Result};
use ash::vk;
use std::collections::BTreeMap;
use std::ffi::CStr;

/// A device that compiles and never runs anything.
pub struct Compiler {
    // The loader's library must stay as long as what it gave.
    _entry: ash::Entry,
    device: ash::Device,
    query: ash::khr::pipeline_executable_properties::Device,
    /// Name and version of the driver.
    pub driver: String,
}

impl Compiler {
    /// Opens the first device: the one that RADV_FORCE_FAMILY asks for.
    ///
    /// # Errors
    /// No Vulkan, or a driver without the figures.
    pub fn open() -> Result<Self> {
        // SAFETY: the driver is as trusted as the one that runs kernels.
        let entry = unsafe { ash::Entry::load() }.context("package libvulkan1")?;
        let application = vk::ApplicationInfo::default().api_version(vk::API_VERSION_1_3);
        let info = vk::InstanceCreateInfo::default().application_info(&application);
        // SAFETY: all that the description points to lives until the call returns, here and below.
        let instance = unsafe { entry.create_instance(&info, None) }?;
        // SAFETY: the instance is alive; it is never destroyed.
        let devices = unsafe { instance.enumerate_physical_devices() }?;
        let physical = *devices.first().context("package mesa-vulkan-drivers")?;
        let device = open(&instance, physical)?;
        Ok(Self {
            query: ash::khr::pipeline_executable_properties::Device::new(&instance, &device),
            driver: driver(&instance, physical),
            _entry: entry,
            device,
        })
    }

    /// What the compiler makes of a kernel.
    ///
    /// # Errors
    /// The driver refuses it.
    pub fn figures(&self, kernel: &Translation) -> Result<Figures> {
        let pipeline = self.compile(kernel)?;
        let info = vk::PipelineInfoKHR::default().pipeline(pipeline);
        let which = vk::PipelineExecutableInfoKHR::default().pipeline(pipeline);
        // SAFETY: the pipeline was made by this device, to be asked for statistics.
        let (executables, statistics) = unsafe {
            (
                self.query.get_pipeline_executable_properties(&info)?,
                self.query.get_pipeline_executable_statistics(&which)?,
            )
        };
        let value = |figure: &vk::PipelineExecutableStatisticKHR| {
            // SAFETY: names end in zero, and RADV's figures are 64-bit whole numbers.
            let (name, value) = unsafe { (CStr::from_ptr(figure.name.as_ptr()), figure.value.u64) };
            (name.to_string_lossy().into_owned(), value)
        };
        let mut named: BTreeMap<String, u64> = statistics.iter().map(value).collect();
        let executable = executables.first().context("no executable")?;
        named.insert("Subgroup size".into(), executable.subgroup_size.into());
        Figures::new(&named)
    }

    fn compile(&self, kernel: &Translation) -> Result<vk::Pipeline> {
        let slot = |&(binding, kind): &(u32, vk::DescriptorType)| {
            vk::DescriptorSetLayoutBinding::default()
                .binding(binding)
                .descriptor_type(kind)
                .descriptor_count(1)
                .stage_flags(vk::ShaderStageFlags::COMPUTE)
        };
        let slots: Vec<_> = kernel.bindings.iter().map(slot).collect();
        let set = vk::DescriptorSetLayoutCreateInfo::default().bindings(&slots);
        let code = vk::ShaderModuleCreateInfo::default().code(&kernel.words);
        // SAFETY: the layout is that of the kernel's own bindings; nothing is destroyed before the process ends.
        unsafe {
            let sets = [self.device.create_descriptor_set_layout(&set, None)?];
            let layout = vk::PipelineLayoutCreateInfo::default().set_layouts(&sets);
            let stage = vk::PipelineShaderStageCreateInfo::default()
                .stage(vk::ShaderStageFlags::COMPUTE)
                .module(self.device.create_shader_module(&code, None)?)
                .name(&kernel.entry_point);
            let pipeline = vk::ComputePipelineCreateInfo::default()
                .stage(stage)
                .layout(self.device.create_pipeline_layout(&layout, None)?)
                .flags(vk::PipelineCreateFlags::CAPTURE_STATISTICS_KHR);
            let cache = vk::PipelineCache::null();
            let made = self
                .device
                .create_compute_pipelines(cache, &[pipeline], None);
            Ok(made.map_err(|(_, error)| error)?[0])
        }
    }
}

/// Opens a device with what the kernels need and the extension that tells the figures.
fn open(instance: &ash::Instance, physical: vk::PhysicalDevice) -> Result<ash::Device> {
    let queues = [vk::DeviceQueueCreateInfo::default().queue_priorities(&[1.0])];
    let extensions = [ash::khr::pipeline_executable_properties::NAME.as_ptr()];
    let mut executables = vk::PhysicalDevicePipelineExecutablePropertiesFeaturesKHR::default()
        .pipeline_executable_info(true);
    let mut halves =
        vk::PhysicalDeviceVulkan11Features::default().storage_buffer16_bit_access(true);
    let mut memory = vk::PhysicalDeviceVulkan12Features::default()
        .vulkan_memory_model(true)
        .shader_float16(true);
    let device = vk::DeviceCreateInfo::default()
        .queue_create_infos(&queues)
        .enabled_extension_names(&extensions)
        .push_next(&mut executables)
        .push_next(&mut halves)
        .push_next(&mut memory);
    // SAFETY: as in `Compiler::open`.
    Ok(unsafe { instance.create_device(physical, &device, None) }?)
}

fn driver(instance: &ash::Instance, physical: vk::PhysicalDevice) -> String {
    let mut driver = vk::PhysicalDeviceDriverProperties::default();
    let mut properties = vk::PhysicalDeviceProperties2::default().push_next(&mut driver);
    // SAFETY: as in `Compiler::open`; the texts that it fills in end in zero.
    let [name, info] = unsafe {
        instance.get_physical_device_properties2(physical, &mut properties);
        [driver.driver_name.as_ptr(), driver.driver_info.as_ptr()].map(|text| CStr::from_ptr(text))
    };
    format!("{} {}", name.to_string_lossy(), info.to_string_lossy())
}
